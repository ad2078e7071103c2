package model

// Names of the roles that exist on every server.
const (
	RoleSystemAdmin           = "system_admin"
	RoleSystemUser            = "system_user"
	RoleSystemGuest           = "system_guest"
	RoleSystemUserAccessToken = "system_user_access_token"
	RoleSystemPostAll         = "system_post_all"
	RoleSystemPostAllPublic   = "system_post_all_public"
	RoleTeamAdmin             = "team_admin"
	RoleTeamUser              = "team_user"
	RoleTeamGuest             = "team_guest"
	RoleTeamPostAll           = "team_post_all"
	RoleTeamPostAllPublic     = "team_post_all_public"
	RoleChannelAdmin          = "channel_admin"
	RoleChannelUser           = "channel_user"
	RoleChannelGuest          = "channel_guest"
)

// Role is a named set of permissions.
type Role struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	DisplayName string   `json:"display_name"`
	Description string   `json:"description"`
	CreateAt    int64    `json:"create_at"`
	UpdateAt    int64    `json:"update_at"`
	DeleteAt    int64    `json:"delete_at"`
	Permissions []string `json:"permissions"`
	// SchemeManaged roles are given through membership. BuiltIn ones cannot
	// be deleted.
	SchemeManaged bool    `json:"scheme_managed"`
	BuiltIn       bool    `json:"built_in"`
	SchemeID      *string `json:"scheme_id"`
}
