package world

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// The limits of preferences (facts 2.9).
const (
	mostPreferences      = 100 // in one request
	longestPreferenceID  = 32  // bytes of a category, and of a name
	longestPreference    = 20_000
	longestPreferenceOld = 2_000
)

// A preferenceKey says which of a user's preferences is meant.
type preferenceKey struct{ category, name string }

// preferences are a user's settings of his clients. A map is never changed once
// it is stored: a change replaces it.
type preferences map[preferenceKey]string

// preferencesOf are a user's preferences; nobody, nil, has none. Until he changes one
// they are those that the real server gives to a new user.
func (w *World) preferencesOf(u *user) preferences {
	switch {
	case u == nil:
		return nil
	case u.preferences != nil || u.bot != nil:
		return u.preferences
	}
	p := preferences{{model.PreferenceTutorialStep, u.ID}: "0"}
	if w.version.Has(versions.NextStepsShown) {
		p[preferenceKey{"recommended_next_steps", "hide"}] = "false"
	}
	if w.version.Has(versions.GroupMentionsAll) {
		p[preferenceKey{"system_notice", "GMasDM"}] = "true"
	}
	return p
}

// inCategory lists the preferences of a category, or of all with "", sorted by
// category and name.
func (p preferences) inCategory(userID, category string) []model.Preference {
	list := []model.Preference{}
	for key, value := range p {
		if category == "" || key.category == category {
			list = append(list, model.Preference{UserID: userID, Category: key.category, Name: key.name, Value: value})
		}
	}
	slices.SortFunc(list, func(a, b model.Preference) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// flaggedPosts are the ids of the posts that the user has saved, sorted.
func (u *user) flaggedPosts() []string {
	var ids []string
	for key, value := range u.preferences {
		if key.category == model.PreferenceFlaggedPost && value == "true" {
			ids = append(ids, key.name)
		}
	}
	slices.Sort(ids)
	return ids
}

// forgetFlags takes a deleted post from what users have saved, without a word.
func (w *World) forgetFlags(postID string) {
	key := preferenceKey{model.PreferenceFlaggedPost, postID}
	for _, u := range w.allUsers {
		if _, saved := u.preferences[key]; saved {
			u.preferences = maps.Clone(u.preferences)
			delete(u.preferences, key)
		}
	}
}

// forgetPreferences takes a category of a user's preferences away, without a word.
func (w *World) forgetPreferences(u *user, category string) {
	for key := range u.preferences {
		if key.category == category {
			u.preferences = maps.Clone(u.preferences)
			maps.DeleteFunc(u.preferences, func(key preferenceKey, _ string) bool { return key.category == category })
			return
		}
	}
}

// Preferences returns all preferences of a user.
func (w *World) Preferences(as *Session, userID string) ([]model.Preference, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	return w.preferencesOf(w.users[userID]).inCategory(userID, ""), nil
}

// PreferencesIn returns a user's preferences of a category. None is an error.
func (w *World) PreferencesIn(as *Session, userID, category string) ([]model.Preference, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	list := w.preferencesOf(w.users[userID]).inCategory(userID, category)
	if len(list) == 0 {
		return nil, errPreferenceCategory.With()
	}
	return list, nil
}

// Preference returns one preference of a user.
func (w *World) Preference(as *Session, userID, category, name string) (*model.Preference, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	value, ok := w.preferencesOf(w.users[userID])[preferenceKey{category, name}]
	if !ok {
		return nil, errPreferenceUnknown.With()
	}
	return &model.Preference{UserID: userID, Category: category, Name: name, Value: value}, nil
}

// SetPreferences stores preferences of a user, all of them or none.
func (w *World) SetPreferences(as *Session, userID string, list []model.Preference) error {
	return w.changePreferences(as, userID, list, settingPreferences)
}

// DeletePreferences removes preferences of a user. Those that he has not are no
// error, and values do not matter.
func (w *World) DeletePreferences(as *Session, userID string, list []model.Preference) error {
	return w.changePreferences(as, userID, list, deletingPreferences)
}

// A preferenceChange is what setting and deleting differ in.
type preferenceChange struct {
	ofOther Problem // a preference of the list is another user's
	event   string
	apply   func(preferences, preferenceKey, string)
	// The two checks besides that for the owner, which stands between them.
	checkPost func(*World, *Session, model.Preference) error
	checkForm func(*World, model.Preference) error
}

var (
	settingPreferences = preferenceChange{
		ofOther: errPreferenceOfOther, event: model.EventPreferencesChanged,
		checkPost: (*World).checkFlaggedPost, checkForm: (*World).checkPreference,
		apply: func(p preferences, key preferenceKey, value string) { p[key] = value },
	}
	deletingPreferences = preferenceChange{
		ofOther: errDeletionOfOther, event: model.EventPreferencesDeleted,
		checkPost: func(*World, *Session, model.Preference) error { return nil },
		checkForm: func(*World, model.Preference) error { return nil },
		apply:     func(p preferences, key preferenceKey, _ string) { delete(p, key) },
	}
)

func (w *World) changePreferences(as *Session, userID string, list []model.Preference, change preferenceChange) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUser(as, userID)
	if err != nil {
		return err
	}
	if (len(list) == 0 || len(list) > mostPreferences) && w.version.Has(versions.PreferencesBounded) {
		return ErrBodyParam.With("preferences: 1 to 100 of them")
	}
	for _, check := range []func(model.Preference) error{
		func(p model.Preference) error { return change.checkPost(w, as, p) },
		func(p model.Preference) error {
			if p.UserID != userID {
				return change.ofOther.With()
			}
			return nil
		},
		func(p model.Preference) error { return change.checkForm(w, p) },
	} {
		for _, p := range list {
			if err := check(p); err != nil {
				return err
			}
		}
	}
	w.storePreferences(u, list, change)
	return nil
}

// storePreferences changes preferences of a user, which are known to be valid, and
// tells his clients.
func (w *World) storePreferences(u *user, list []model.Preference, change preferenceChange) {
	w.putPreferences(u, list, change.apply)
	w.favoritesFollow(u, list, change.event == model.EventPreferencesDeleted)
	if w.heard() {
		w.publish(&Event{Name: model.EventSidebarCategoryUpdated, Data: map[string]any{}, Broadcast: toUser(u.ID)})
		w.publish(&Event{Name: change.event, Data: map[string]any{"preferences": w.inJSON(list)}, Broadcast: toUser(u.ID)})
	}
}

// putPreferences changes preferences without a word to anybody.
func (w *World) putPreferences(u *user, list []model.Preference, apply func(preferences, preferenceKey, string)) {
	next := maps.Clone(w.preferencesOf(u))
	if next == nil {
		next = preferences{}
	}
	for _, p := range list {
		apply(next, preferenceKey{p.Category, p.Name}, p.Value)
	}
	u.preferences = next
}

// checkFlaggedPost says why a post cannot be saved: it must be one that the
// session's user may read.
func (w *World) checkFlaggedPost(as *Session, p model.Preference) error {
	if p.Category != model.PreferenceFlaggedPost {
		return nil
	}
	post := w.posts[p.Name]
	if post == nil || post.DeleteAt != 0 {
		return ErrBodyParam.With("preference.name: a post's id")
	}
	if !w.mayRead(as, w.channels[post.ChannelID]) {
		return ErrPermission.With(ReadChannelContent)
	}
	return nil
}

// checkPreference says what is wrong with a preference that is to be stored.
func (w *World) checkPreference(p model.Preference) error {
	longest := longestPreference
	if !w.version.Has(versions.PreferencesBounded) {
		longest = longestPreferenceOld
	}
	switch {
	case p.Category == "" || len(p.Category) > longestPreferenceID:
		return errPreferenceCategoryInvalid.With()
	case len(p.Name) > longestPreferenceID:
		return errPreferenceNameInvalid.With()
	case utf8.RuneCountInString(p.Value) > longest:
		return errPreferenceValueInvalid.With(longest)
	}
	if p.Category == "theme" {
		var colours map[string]string
		if json.Unmarshal([]byte(p.Value), &colours) != nil {
			return errPreferenceThemeInvalid.With()
		}
	}
	return nil
}
