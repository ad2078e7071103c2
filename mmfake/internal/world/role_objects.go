package world

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const mostRoleNames = 100 // asked for at once

// adminPermissions are those that no other role gives.
var adminPermissions = []Permission{
	ManageSystem, ManageRoles, EditOtherUsers, ListPrivateTeams, JoinPrivateTeams, CreateBot, ReadBots, ReadOthersBots,
	ManageBots, ManageOthersBots, CreatePostEphemeral, DeleteOthersEmojis, SysconsoleRead, SysconsoleWrite,
	EditOthersPosts, RemoveOthersReactions, ListUsersWithoutTeam, ManageOAuth,
}

// builtInRoles are the roles of every server of today, in the order of lists.
var builtInRoles = []string{
	model.RoleSystemAdmin, model.RoleSystemUser, model.RoleSystemGuest, model.RoleTeamAdmin, model.RoleTeamUser, model.RoleTeamGuest,
	model.RoleChannelAdmin, model.RoleChannelUser, model.RoleChannelGuest, model.RoleSystemUserAccessToken, model.RoleSystemPostAll,
	model.RoleSystemPostAllPublic, model.RoleTeamPostAll, model.RoleTeamPostAllPublic,
	"system_manager", "system_user_manager", "system_read_only_admin", "system_custom_group_admin",
}

// A roleBook holds the roles as clients see them. It is made when somebody first
// asks, guarded by World.mu.
type roleBook struct {
	all []*model.Role // never changed
}

// roles returns the roles of the server. w.mu is held, for writing.
func (w *World) roles() []*model.Role {
	if w.roleBook.all != nil {
		return w.roleBook.all
	}
	now := w.clock.tick()
	for _, name := range builtInRoles {
		if !w.version.HasRole(name) {
			continue
		}
		// The names of the three that people have are older than the roles' own.
		label := "authentication.roles." + strings.NewReplacer("system_admin", "global_admin", "system_guest", "global_guest").Replace(name)
		if name == model.RoleSystemUser {
			label = "authentication.roles.global_user"
		}
		w.roleBook.all = append(w.roleBook.all, &model.Role{
			ID: w.NewID(), Name: name, DisplayName: label + ".name", Description: label + ".description", CreateAt: now, UpdateAt: now,
			Permissions: w.permissionsOf(name), SchemeManaged: byMembership.MatchString(name), BuiltIn: true,
		})
	}
	return w.roleBook.all
}

// byMembership are the roles that a membership gives by itself.
var byMembership = regexp.MustCompile(`^(system|team|channel)_(admin|user|guest)$`)

// permissionsOf are the names of what a role allows before anybody changes it.
func (w *World) permissionsOf(role string) []string {
	list := w.defaultPermissions()[role]
	if role == model.RoleSystemAdmin {
		list = slices.Concat(list, adminPermissions)
		for _, more := range rolePermissions {
			list = append(list, more...)
		}
	}
	return w.permissionNames(list)
}

// Roles returns all roles to an admin.
func (w *World) Roles(as *Session) ([]*model.Role, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	return slices.Clone(w.roles()), nil
}

// Role returns the role with an id.
func (w *World) Role(id string) (*model.Role, error) {
	return w.findRole(func(r *model.Role) bool { return r.ID == id }, errRoleID.With())
}

// RoleByName returns the role of a name.
func (w *World) RoleByName(name string) (*model.Role, error) {
	return w.findRole(func(r *model.Role) bool { return r.Name == name }, errRoleName.With(name))
}

func (w *World) findRole(is func(*model.Role) bool, unknown error) (*model.Role, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.roles(), is)
	if i < 0 {
		return nil, unknown
	}
	return w.roles()[i], nil
}

// RolesByNames returns those of the roles that there are.
func (w *World) RolesByNames(names []string) ([]*model.Role, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case len(names) > mostRoleNames:
		return nil, errRolesTooMany.With(mostRoleNames)
	case len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return !validRoleName(strings.TrimSpace(name)) }):
		return nil, ErrBodyParam.With("rolenames")
	}
	list := []*model.Role{}
	for _, r := range w.roles() {
		if slices.ContainsFunc(names, func(name string) bool { return strings.TrimSpace(name) == r.Name }) {
			list = append(list, r)
		}
	}
	return list, nil
}

var roleForm = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// validRoleName says whether a role may have that name.
func validRoleName(name string) bool { return roleForm.MatchString(name) }

// validUserRoles says whether a text may be somebody's roles: names between blanks,
// and not system_admin alone, so that nobody loses the other by mistake.
func validUserRoles(roles string) bool {
	names := strings.Fields(roles)
	return !slices.ContainsFunc(names, func(name string) bool { return !validRoleName(name) }) && !slices.Equal(names, []string{model.RoleSystemAdmin})
}

// roleExists says whether a version has a role of that name.
func roleExists(v versions.Version, name string) bool {
	return slices.Contains(builtInRoles, name) && v.HasRole(name)
}
