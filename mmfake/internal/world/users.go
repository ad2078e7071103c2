package world

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A user is a model.User with what the API never shows. The model.User is
// replaced, never changed. All guarded by World.mu.
type user struct {
	*model.User
	password     string // as given: a fake keeps no secrets worth hashing
	failedLogins int
	bot          *model.Bot // nil for people; replaced, never changed
	status       model.Status
	statusBefore string     // the one that a timed do-not-disturb ends in
	undisturbed  int64      // until when a timed do-not-disturb lasts
	connections  int        // that he has on the websocket
	sessions     []*Session // in the order of their opening
	tokens       []*accessToken
	teams        []*team     // those that he is a member of, in the order of his joining
	channels     []*channel  // likewise
	icon         []byte      // the SVG of a bot, nil for none; never changed
	portrait     []byte      // the PNG that he uploaded, nil for none; never changed
	portraitKept bool        // he has uploaded one, or somebody has asked for the one that is drawn
	preferences  preferences // nil until he changes one: see preferencesOf
}

// change replaces the model.User by one that f has changed.
func (u *user) change(f func(*model.User)) {
	next := *u.User
	f(&next)
	u.User = &next
}

const (
	defaultLocale   = "en"
	longestTimezone = 256 // characters of its JSON
	longestRoles    = 256 // bytes
)

// The maps of users are replaced, never changed: those of new ones are shared.
var defaultNotifyProps = map[string]string{
	"channel": "true", "comments": "never", "desktop": "mention", "desktop_sound": "true",
	"desktop_threads": "all", "email": "true", "email_threads": "all", "first_name": "false",
	"mention_keys": "", "push": "mention", "push_status": "online", "push_threads": "all",
}

var defaultTimezone = map[string]string{model.TimezoneAutomatic: "", model.TimezoneManual: "", model.TimezoneUseAutomatic: "true"}

// NewUser is what CreateUser needs to know beyond the model.User.
type NewUser struct {
	model.User
	Password string `json:"password"`
}

// CreateUser makes a user. Anybody may where the settings allow open sign-up or
// with a team's invitation, which makes him its member; an admin always may. The
// first user of a world becomes its admin.
func (w *World) CreateUser(as *Session, in NewUser, inviteID string) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var t *team
	if inviteID != "" {
		if t = w.invited(inviteID); t == nil {
			return nil, errInviteUnknown.With()
		}
	}
	if !w.may(as, ManageSystem) {
		if !w.config.EnableUserCreation {
			return nil, errSignUpDisabled.With()
		}
		if !w.config.EnableOpenServer && len(w.allUsers) > 0 && t == nil {
			return nil, errNoOpenServer.With()
		}
	}
	if t != nil && !inDomains(in.Email, t.AllowedDomains) {
		return nil, errTeamInviteDomain.With()
	}
	u, err := w.addUser(in)
	if err != nil {
		return nil, err
	}
	if in.EmailVerified && w.may(as, ManageSystem) {
		u.change(func(u *model.User) { u.EmailVerified = true })
	}
	if t != nil {
		if err := w.joinTeam(t, u, false); err != nil {
			return nil, err
		}
	}
	return w.seenByHimself(u), nil
}

// invited finds the team of an invitation.
func (w *World) invited(inviteID string) *team {
	for _, t := range w.allTeams {
		if t.InviteID == inviteID && t.DeleteAt == 0 {
			return t
		}
	}
	return nil
}

// addUser validates and stores a user, and tells everybody.
func (w *World) addUser(in NewUser) (*user, error) {
	fresh := w.freshUser(&in.User)
	if err := w.checkPassword(in.Password); err != nil {
		return nil, err
	}
	if err := w.checkUser(fresh, nil); err != nil {
		return nil, err
	}
	u := &user{User: fresh, password: in.Password}
	w.storeUser(u)
	if w.heard() {
		w.publish(&Event{Name: model.EventNewUser, Data: map[string]any{"user_id": u.ID}})
	}
	return u, nil
}

// freshUser takes from in what a new user may decide himself.
func (w *World) freshUser(in *model.User) *model.User {
	now := w.clock.tick()
	u := &model.User{
		ID: w.newIDOf("user", "", strings.ToLower(in.Username)), CreateAt: now, UpdateAt: now, LastPasswordUpdate: now,
		Username: strings.ToLower(in.Username), Email: strings.ToLower(in.Email),
		Nickname: in.Nickname, FirstName: in.FirstName, LastName: in.LastName, Position: in.Position,
		Roles: model.RoleSystemUser, Locale: in.Locale,
		NotifyProps: w.cleanNotifyProps(in.NotifyProps, strings.ToLower(in.Username)), Timezone: in.Timezone, Props: in.Props,
		RemoteID: emptyText,
	}
	if u.Username == "" {
		u.Username = w.NewID()
	}
	if !slices.Contains(locales, u.Locale) {
		u.Locale = defaultLocale
	}
	if len(in.Timezone) == 0 {
		u.Timezone = defaultTimezone
	}
	return u
}

// storeUser stores a user. The first of a world becomes its admin.
func (w *World) storeUser(u *user) {
	if len(w.allUsers) == 0 {
		u.Roles = model.RoleSystemAdmin + " " + model.RoleSystemUser
	}
	w.users[u.ID], w.names[u.Username], w.emails[u.Email] = u, u, u
	w.allUsers = append(w.allUsers, u)
	w.rememberKeywords(u)
}

// checkUser says what is wrong with a user's fields; was is the user that they
// are to replace, nil for a new one.
func (w *World) checkUser(u *model.User, was *user) error {
	switch {
	case !w.ValidUsername(u.Username):
		return errUsernameInvalid.With()
	case !validEmail(u.Email) && (w.version.Has(versions.EmailForm) || u.Email == "" || len(u.Email) > longestEmail):
		return errEmailInvalid.With()
	case utf8.RuneCountInString(u.Nickname) > 64:
		return errNicknameInvalid.With()
	case utf8.RuneCountInString(u.Position) > 128:
		return errPositionInvalid.With()
	case utf8.RuneCountInString(u.FirstName) > 64:
		return errFirstNameInvalid.With()
	case utf8.RuneCountInString(u.LastName) > 64:
		return errLastNameInvalid.With()
	case !w.validLocale(u.Locale):
		return errLocaleInvalid.With()
	case w.version.Has(versions.UserFieldsBounded) && utf8.RuneCountInString(w.inJSON(u.Timezone)) > longestTimezone:
		return errTimezoneInvalid.With(longestTimezone)
	}
	nameTaken, emailTaken := errUsernameTaken, errEmailTaken
	if was != nil && !w.version.Has(versions.TakenToldAlike) {
		nameTaken, emailTaken = errUsernameTakenOld, errEmailTakenOld
	}
	if other := w.names[u.Username]; other != nil && other != was {
		return nameTaken.With()
	}
	if other := w.emails[u.Email]; other != nil && other != was {
		return emailTaken.With()
	}
	return nil
}

// User returns a user as the session's user may see him (facts 2.5).
func (w *World) User(as *Session, id string) (*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.seeUser(as, w.users[id], errUserUnknown)
}

// UserByName returns a user by his name.
func (w *World) UserByName(as *Session, name string) (*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.seeUser(as, w.names[strings.ToLower(name)], errUsernameUnknown)
}

// UserByEmail returns a user by his e-mail address. Where the settings hide
// addresses only admins find somebody by one.
func (w *World) UserByEmail(as *Session, address string) (*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.config.ShowEmailAddress && !w.may(as, ManageSystem) {
		return nil, errEmailHidden.With()
	}
	return w.seeUser(as, w.emails[strings.ToLower(address)], errUserUnknown)
}

func (w *World) seeUser(as *Session, u *user, unknown Problem) (*model.User, error) {
	if u == nil {
		return nil, unknown.With()
	}
	return w.seenBy(as, u), nil
}

// NameOf returns the name of the session's user, "" without a session.
func (w *World) NameOf(s *Session) string {
	if s == nil {
		return ""
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	return s.user.Username
}

// seenBy is a user as somebody may see him.
func (w *World) seenBy(as *Session, u *user) *model.User {
	switch {
	case as != nil && as.UserID == u.ID:
		return w.seenByHimself(u)
	case w.may(as, ManageSystem):
		return w.seenByAdmin(u)
	}
	return w.seenByOthers(u)
}

func (w *World) seenByHimself(u *user) *model.User {
	seen := *u.User
	seen.FailedAttempts = u.failedLogins
	if !w.version.Has(versions.AuthDataHidden) {
		seen.AuthData = new(string)
	}
	return &seen
}

func (w *World) seenByAdmin(u *user) *model.User {
	seen := w.seenByHimself(u)
	seen.LastPasswordUpdate = 0
	if !w.version.Has(versions.AdminsSeeNotifyProps) {
		seen.NotifyProps = nil
	}
	return seen
}

func (w *World) seenByOthers(u *user) *model.User {
	seen := *u.User
	seen.AuthData = new(string) // shown, and empty
	seen.NotifyProps, seen.LastPasswordUpdate, seen.EmailVerified, seen.LastLogin = nil, 0, false, 0
	if !w.config.ShowEmailAddress {
		seen.Email = ""
	}
	if !w.config.ShowFullName {
		seen.FirstName, seen.LastName = "", ""
	}
	return &seen
}

// online says whether a user is there, for @here.
func (w *World) online(u *user) bool { return w.statusOf(u).Status == model.StatusOnline }
