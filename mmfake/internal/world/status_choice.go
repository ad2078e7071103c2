package world

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// SetStatus makes a user what he chooses to be: online, away, dnd or offline, dnd
// until endTime in Unix seconds or with 0 for good. It returns the new status.
func (w *World) SetStatus(as *Session, id, status string, endTime int64) (*model.Status, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUserOrBot(as, id)
	if err != nil {
		return nil, err
	}
	switch status {
	case model.StatusOnline:
		w.cameOnline(u, true)
	case model.StatusAway, model.StatusOffline:
		w.setStatus(u, status, true)
	case model.StatusDND:
		w.setStatus(u, status, true)
		u.status.DNDEndTime = endTime / 60 * 60 // whole minutes, as in the real server
		u.undisturbed = max(u.status.DNDEndTime*1000, nextMinute(w.clock.now()))
	default:
		return nil, ErrBodyParam.With("status: online, away, dnd or offline")
	}
	if !w.config.EnableUserStatuses {
		return nil, errStatusUnknown.With()
	}
	now := w.statusOf(u)
	return &now, nil
}

const minute = 60 * 1000 // in milliseconds

// nextMinute is when the real server looks next for whom a do-not-disturb has ended.
func nextMinute(now int64) int64 { return (now/minute + 1) * minute }

// Limits of custom statuses (facts 2.8).
const (
	longestCustomStatus   = 100 // characters; the rest is cut off
	recentCustomStatuses  = 5
	defaultCustomEmoji    = "speech_balloon"
	customUntilDate       = "date_and_time"
	customStatusCategory  = "custom_status"
	recentStatusesSetting = "recent_custom_statuses"
)

// customDurations are the choices of how long a custom status lasts.
var customDurations = []string{"thirty_minutes", "one_hour", "four_hours", "today", "this_week", customUntilDate}

// SetCustomStatus makes a user show a text with an emoji, until it expires, and
// remembers it among the user's recent ones. An emoji or a text is needed.
func (w *World) SetCustomStatus(as *Session, id string, custom model.CustomStatus) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	lasting := custom.Duration == "" && custom.ExpiresAt.IsZero()
	timed := (custom.Duration == "" || slices.Contains(customDurations, custom.Duration)) && !custom.ExpiresAt.Before(now)
	if custom.Emoji == "" && custom.Text == "" || !lasting && !timed {
		return ErrBodyParam.With("custom_status: an emoji or a text, and an expires_at that is to come where it has a duration")
	}
	u, err := w.managedUserOrBot(as, id)
	if err != nil {
		return err
	}
	custom.Emoji = cmp.Or(custom.Emoji, defaultCustomEmoji)
	if timed && custom.Duration == "" {
		custom.Duration = customUntilDate
	}
	if utf8.RuneCountInString(custom.Text) > longestCustomStatus {
		custom.Text = string([]rune(custom.Text)[:longestCustomStatus])
	}
	w.showCustomStatus(u, w.inJSON(custom))
	recent := slices.DeleteFunc(u.recentStatuses(), func(s model.CustomStatus) bool { return s.Text == custom.Text })
	recent = slices.Insert(recent, 0, custom)
	w.keepRecentStatuses(u, recent[:min(len(recent), recentCustomStatuses)])
	return nil
}

// ClearCustomStatus takes a user's custom status away.
func (w *World) ClearCustomStatus(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUserOrBot(as, id)
	if err != nil {
		return err
	}
	w.showCustomStatus(u, "")
	return nil
}

// showCustomStatus puts a custom status, as JSON, into the user's props.
func (w *World) showCustomStatus(u *user, text string) {
	w.touchUser(u, func(u *model.User) {
		props := model.StringMap{model.UserPropCustomStatus: text}
		for key, value := range u.Props {
			if key != model.UserPropCustomStatus {
				props[key] = value
			}
		}
		u.Props = props
	})
}

// ForgetRecentStatus takes a custom status out of the recent ones of a user, among
// which it must be as it was set.
func (w *World) ForgetRecentStatus(as *Session, id string, custom model.CustomStatus) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUserOrBot(as, id)
	if err != nil {
		return err
	}
	if u.preferences[recentStatusesKey] == "" {
		return errPreferenceUnknown.With()
	}
	recent := u.recentStatuses()
	same := func(s model.CustomStatus) bool { return w.inJSON(s) == w.inJSON(custom) }
	if !slices.ContainsFunc(recent, same) {
		return errRecentStatusUnknown.With()
	}
	w.keepRecentStatuses(u, slices.DeleteFunc(recent, same))
	return nil
}

// recentStatuses are the custom statuses that a user had lately, the newest first. A
// client keeps them as a preference, and so does the server.
func (u *user) recentStatuses() []model.CustomStatus {
	list := []model.CustomStatus{}
	json.Unmarshal([]byte(u.preferences[recentStatusesKey]), &list) // nothing readable is nothing
	return list
}

var recentStatusesKey = preferenceKey{customStatusCategory, recentStatusesSetting}

func (w *World) keepRecentStatuses(u *user, list []model.CustomStatus) {
	w.storePreferences(u, []model.Preference{{
		UserID: u.ID, Category: customStatusCategory, Name: recentStatusesSetting, Value: w.inJSON(list),
	}}, settingPreferences)
}
