package world

import (
	"maps"
	"regexp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// rolePermissionsNow says what roles allow where somebody has changed it, by name;
// nil, as long as nobody has.
type rolePermissionsNow map[string][]Permission

// allowed says whether one of the blank-separated roles has the permission now.
func (w *World) allowed(roles string, p Permission) bool {
	if w.permissions == nil {
		return allowed(roles, p, w.defaultPermissions())
	}
	return allowed(roles, p, w.permissions)
}

// defaultPermissions are what roles allow before anybody changes it.
func (w *World) defaultPermissions() rolePermissionsNow {
	if w.version.Has(versions.AdminsModerate) {
		return moderatedRoles
	}
	return rolePermissions
}

var (
	permissionForm = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)
	guestRoles     = []string{model.RoleSystemGuest, model.RoleTeamGuest, model.RoleChannelGuest}
	// fixedPermissions are those that nobody gives to a role nor takes from one.
	fixedPermissions = []Permission{ManageRoles, ManageSystem}
)

// PatchRole gives a role other permissions, all of them at once, and tells everybody.
// Nil leaves them. For admins.
func (w *World) PatchRole(as *Session, id string, names *[]string) (*model.Role, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.roles(), func(r *model.Role) bool { return r.ID == id })
	switch {
	case i < 0:
		return nil, errRoleID.With()
	case !w.may(as, SysconsoleWrite):
		return nil, ErrPermission.With(SysconsoleWrite)
	}
	role := w.roles()[i]
	if names == nil {
		return role, nil
	}
	next, err := w.readPermissions(role, *names)
	if err != nil {
		return nil, err
	}
	if w.permissions == nil {
		w.permissions = maps.Clone(w.defaultPermissions())
	}
	w.permissions[role.Name] = next
	changed := *role
	changed.Permissions, changed.UpdateAt = w.permissionNames(next), w.clock.tick()
	w.roleBook.all = slices.Clone(w.roleBook.all)
	w.roleBook.all[i] = &changed
	w.publish(&Event{Name: model.EventRoleUpdated, Data: map[string]any{"role": w.inJSON(&changed)}})
	return &changed, nil
}

// readPermissions reads the permissions that a role is to have, each once.
func (w *World) readPermissions(role *model.Role, names []string) ([]Permission, error) {
	if slices.Contains(guestRoles, role.Name) {
		return nil, errRoleNeedsLicence.With(role.Name)
	}
	next := []Permission{}
	for _, name := range names {
		if !permissionForm.MatchString(name) {
			return nil, errRoleInvalid.With(name)
		}
		for _, now := range w.version.Permissions(name) {
			if p := Permission(now); !slices.Contains(next, p) {
				next = append(next, p)
			}
		}
	}
	for _, p := range fixedPermissions {
		if slices.Contains(next, p) != slices.Contains(role.Permissions, string(p)) {
			return nil, errRoleFixed.With(p)
		}
	}
	return next, nil
}

// permissionNames are the names of permissions in the server's version, in order.
func (w *World) permissionNames(list []Permission) []string {
	names := []string{}
	for _, p := range list {
		names = append(names, w.version.Permission(string(p)))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
