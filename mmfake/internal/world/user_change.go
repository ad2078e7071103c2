package world

import (
	"maps"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UpdateUser replaces a user's profile by in: what in leaves empty is emptied,
// save for what nobody decides himself, such as the roles. Who changes his own
// e-mail address gives his password too.
func (w *World) UpdateUser(as *Session, in NewUser) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUserOrBot(as, in.ID)
	if err != nil {
		return nil, err
	}
	if in.CreateAt == 0 && !w.version.Has(versions.CreateAtKept) {
		return nil, errUserCreateAt.With()
	}
	if w.provesEmail(as, u, in.Email) && w.checkPasswordOf(u, in.Password) != nil {
		return nil, ErrBodyParam.With("password: the present one, since the e-mail address changes")
	}
	if len(in.Password) > longestPassword {
		return nil, errUserPassword.With(longestPassword)
	}
	return w.editUser(u, func(next *model.User) {
		next.Username, next.Email = in.Username, in.Email
		next.Nickname, next.FirstName, next.LastName, next.Position = in.Nickname, in.FirstName, in.LastName, in.Position
		next.Locale, next.Timezone, next.Props, next.NotifyProps = in.Locale, in.Timezone, in.Props, in.NotifyProps
		next.RemoteID, next.AllowMarketing, next.DisableWelcomeEmail = in.RemoteID, in.AllowMarketing, in.DisableWelcomeEmail
	})
}

// provesEmail says whether the session's user gives his password with a change
// of somebody's e-mail address: of his own.
func (w *World) provesEmail(as *Session, u *user, email string) bool {
	return email != "" && email != u.Email && as.UserID == u.ID && w.version.Has(versions.EmailChangeNeedsPassword)
}

// PatchUser changes those fields of a user that the patch names. Who changes his
// own e-mail address gives his password too.
func (w *World) PatchUser(as *Session, id string, patch *model.UserPatch) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUserOrBot(as, id) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	u := w.users[id]
	if u == nil {
		return nil, ErrBodyParam.With("user_id: that of a user") // recorded from 11.6.0
	}
	if patch.Email != nil && w.provesEmail(as, u, *patch.Email) {
		if patch.Password == nil {
			return nil, ErrBodyParam.With("password: the present one, since the e-mail address changes")
		}
		if err := w.checkPasswordOf(u, *patch.Password); err != nil {
			return nil, err
		}
	}
	return w.editUser(u, func(next *model.User) { applyUserPatch(next, patch) })
}

func applyUserPatch(u *model.User, patch *model.UserPatch) {
	for _, field := range []struct {
		to   *string
		from *string
	}{
		{&u.Username, patch.Username}, {&u.Nickname, patch.Nickname}, {&u.FirstName, patch.FirstName},
		{&u.LastName, patch.LastName}, {&u.Position, patch.Position}, {&u.Email, patch.Email}, {&u.Locale, patch.Locale},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	if patch.RemoteID != nil {
		u.RemoteID = patch.RemoteID
	}
	for _, field := range []struct{ to, from *model.StringMap }{
		{&u.Props, &patch.Props}, {&u.NotifyProps, &patch.NotifyProps}, {&u.Timezone, &patch.Timezone},
	} {
		if *field.from != nil {
			*field.to = *field.from
		}
	}
}

// editUser changes a user's profile, if the result is valid, and tells everybody.
func (w *World) editUser(u *user, edit func(*model.User)) (*model.User, error) {
	next := *u.User
	edit(&next)
	next.Username, next.Email = strings.ToLower(next.Username), strings.ToLower(next.Email)
	next.NotifyProps = w.cleanNotifyProps(next.NotifyProps, next.Username)
	if !w.version.Has(versions.NameNeedsAt) && next.NotifyProps["mention_keys"] == ownNameKeys(u.Username) {
		next.NotifyProps = maps.Clone(next.NotifyProps)
		next.NotifyProps["mention_keys"] = ownNameKeys(next.Username)
	}
	if err := w.checkUser(&next, u); err != nil {
		return nil, err
	}
	if next.Email != u.Email {
		next.EmailVerified = false
	}
	w.replaceUser(u, &next)
	return w.seenByHimself(u), nil
}

// cleanNotifyProps gives the defaults to a user without any, and takes blanks
// out of the list of his own words.
func (w *World) cleanNotifyProps(props model.StringMap, username string) model.StringMap {
	if len(props) == 0 {
		return w.defaultNotifyProps(username)
	}
	if keys := props["mention_keys"]; keys != "" {
		var words []string
		for word := range strings.SplitSeq(keys, ",") {
			if word = strings.TrimSpace(word); word != "" {
				words = append(words, word)
			}
		}
		props = maps.Clone(props)
		props["mention_keys"] = strings.Join(words, ",")
	}
	return props
}

// defaultNotifyProps are those of a user who has chosen none.
func (w *World) defaultNotifyProps(username string) model.StringMap {
	if w.version.IsNewest() {
		return defaultNotifyProps
	}
	props := maps.Clone(defaultNotifyProps)
	if !w.version.Has(versions.ThreadNotifyProps) {
		maps.DeleteFunc(props, func(key, _ string) bool { return strings.HasSuffix(key, "_threads") })
	}
	if !w.version.Has(versions.PushWhenOnline) {
		props["push_status"] = "away"
	}
	if !w.version.Has(versions.NameNeedsAt) {
		props["mention_keys"] = ownNameKeys(username)
	}
	return props
}

// ownNameKeys are the words that mention a user of old versions.
func ownNameKeys(username string) string { return username + ",@" + username }

// replaceUser makes next, which is valid, the user's profile, keeps what is
// found by it up to date and tells everybody.
func (w *World) replaceUser(u *user, next *model.User) {
	next.UpdateAt = w.clock.tick()
	delete(w.names, u.Username)
	delete(w.emails, u.Email)
	u.User = next
	w.names[u.Username], w.emails[u.Email] = u, u
	if u.bot != nil && (u.bot.Username != u.Username || u.bot.DisplayName != u.FirstName) {
		bot := *u.bot
		bot.Username, bot.DisplayName = u.Username, u.FirstName
		u.bot = &bot
	}
	w.rememberKeywords(u)
	w.tellUserUpdated(u)
}

// touchUser is replaceUser for changes that no check can refuse.
func (w *World) touchUser(u *user, change func(*model.User)) {
	next := *u.User
	change(&next)
	w.replaceUser(u, &next)
}

// tellUserUpdated tells admins, everybody else and the user himself, each what
// they may see of him (facts 11.6).
func (w *World) tellUserUpdated(u *user) {
	if !w.heard() {
		return
	}
	tell := func(seen *model.User, to model.Broadcast) {
		w.publish(&Event{Name: model.EventUserUpdated, Data: map[string]any{"user": seen}, Broadcast: to})
	}
	if !w.version.Has(versions.UserUpdatedToEach) {
		tell(w.seenByAdmin(u), model.Broadcast{ContainsSensitiveData: true})
		tell(w.seenByOthers(u), model.Broadcast{ContainsSanitizedData: true})
		return
	}
	others := map[string]bool{u.ID: true}
	tell(w.seenByAdmin(u), model.Broadcast{OmitUsers: others, ContainsSensitiveData: true})
	tell(w.seenByOthers(u), model.Broadcast{OmitUsers: others, ContainsSanitizedData: true})
	tell(w.seenByHimself(u), toUser(u.ID))
}

// ChangePassword sets a user's password: his own, for which he gives the present
// one, or as an admin another's. In new versions the user's other sessions end.
func (w *World) ChangePassword(as *Session, id, current, next string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[id]
	switch {
	case as.UserID == id:
		if current == "" {
			return ErrBodyParam.With("current_password")
		}
		switch err := w.checkPasswordOf(u, current); {
		case errPasswordInvalid.Is(err):
			return errPasswordWrong.With()
		case err != nil:
			return err
		}
	case u == nil && w.may(as, ManageSystem) && !w.version.Has(versions.PasswordOfUnknown):
		return errUserUnknown.With()
	case u == nil || !w.may(as, SysconsoleWrite):
		return errPasswordOfOther.With()
	}
	if err := w.checkPassword(next); err != nil {
		return err
	}
	u.password, u.failedLogins = next, 0
	u.change(func(u *model.User) {
		u.LastPasswordUpdate = w.clock.tick()
		u.UpdateAt = u.LastPasswordUpdate
	})
	if w.version.Has(versions.PasswordEndsSessions) {
		w.endSessions(u, as)
	}
	return nil
}

// checkPasswordOf compares a password with a user's. A wrong one counts as a
// failed login.
func (w *World) checkPasswordOf(u *user, password string) error {
	switch {
	case u.failedLogins >= w.config.MaximumLoginAttempts:
		return errTooManyLogins.With()
	case u.bot != nil || u.password != password:
		u.failedLogins++
		return errPasswordInvalid.With()
	}
	u.failedLogins = 0
	return nil
}

// ResetFailedLogins lets a user log in again who failed too often.
func (w *World) ResetFailedLogins(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, SysconsoleWrite) {
		return ErrPermission.With(SysconsoleWrite)
	}
	u := w.users[id]
	if u == nil {
		return errUserUnknown.With()
	}
	u.failedLogins = 0
	return nil
}

// VerifyEmail marks a user's e-mail address as verified, as an admin.
func (w *World) VerifyEmail(as *Session, id string) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	u := w.users[id]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	w.touchUser(u, func(u *model.User) { u.EmailVerified = true })
	return w.seenByAdmin(u), nil
}
