package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// licensedRoles are the roles that nobody gets on a server without a licence.
var licensedRoles = []string{"system_manager", "system_user_manager", "system_read_only_admin"}

// SetRoles gives a user other system roles, and tells him. No roles at all are
// allowed; system_admin alone is not, so that nobody loses the other by mistake.
func (w *World) SetRoles(as *Session, id, roles string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := strings.Fields(roles)
	if !validUserRoles(roles) {
		return ErrBodyParam.With("roles")
	}
	for _, name := range names {
		if slices.Contains(licensedRoles, name) && w.version.HasRole(name) {
			return errRoleLicence.With(name)
		}
	}
	if !w.may(as, ManageRoles) {
		return ErrPermission.With(ManageRoles)
	}
	u := w.users[id]
	if u == nil {
		return errRolesUserUnknown.With()
	}
	for _, name := range names {
		if !roleExists(w.version, name) {
			return errRoleUnknown.With(name)
		}
	}
	if len(roles) > longestRoles && w.version.Has(versions.UserFieldsBounded) {
		return errRolesInvalid.With(longestRoles)
	}
	u.change(func(u *model.User) { u.Roles, u.UpdateAt = roles, w.clock.tick() })
	w.publish(&Event{Name: model.EventUserRoleUpdated, Data: map[string]any{"user_id": u.ID, "roles": u.Roles}, Broadcast: toUser(u.ID)})
	return nil
}

// SetActive deactivates a user or activates him again, as an admin. Nobody
// deactivates himself: the setting for it is off.
func (w *World) SetActive(as *Session, id string, active bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case as.UserID == id && !active:
		return errDeactivateSelf.With()
	case !w.may(as, SysconsoleWrite):
		return errActivePermission.With()
	}
	u := w.users[id]
	if u == nil {
		return errUserUnknown.With()
	}
	w.activate(u, active)
	w.publish(&Event{Name: model.EventUserActivationStatusChange, Data: map[string]any{}})
	return nil
}

// DeleteUser deactivates a user. His posts stay, and so does his name. With
// permanent he would be gone for good, which the settings refuse; where they allow
// it the fake has to pass.
func (w *World) DeleteUser(as *Session, id string, permanent bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUserOrBot(as, id) {
		return ErrPermission.With(EditOtherUsers)
	}
	if as.UserID == id && !w.may(as, ManageSystem) {
		return errDeactivateSelf.With()
	}
	u := w.users[id]
	switch {
	case u == nil:
		return errUserUnknown.With()
	case !permanent || !w.version.Has(versions.ErasedOnDemand):
		w.activate(u, false)
		return nil
	case !w.config.EnableAPIUserDeletion:
		return errDeletionDisabled.With()
	}
	return errDeletionMissing.With()
}

// activate deactivates a user or activates him again. The sessions of one who is
// deactivated end, so that he hears nothing of it, and the bots that he owns are
// disabled. A bot that is deactivated as a user counts as enabled still.
func (w *World) activate(u *user, active bool) {
	if !active {
		w.endSessions(u, nil)
	}
	w.touchUser(u, func(u *model.User) {
		u.DeleteAt = 0
		if !active {
			u.DeleteAt = w.clock.tick()
		}
	})
	if active {
		return
	}
	w.wentOffline(u)
	for _, owned := range w.allUsers {
		if owned.bot != nil && owned.bot.OwnerID == u.ID && owned.bot.DeleteAt == 0 && owned != u {
			w.switchBot(owned, false)
		}
	}
}
