package world

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Permission is what a role allows, by Mattermost's name for it.
type Permission string

// The permissions that the fake's endpoints ask for.
const (
	ManageSystem              Permission = "manage_system"
	ManageRoles               Permission = "manage_roles"
	EditOtherUsers            Permission = "edit_other_users"
	ViewMembers               Permission = "view_members"
	ListUsersWithoutTeam      Permission = "list_users_without_team"
	CreateTeam                Permission = "create_team"
	ListPublicTeams           Permission = "list_public_teams"
	ListPrivateTeams          Permission = "list_private_teams"
	JoinPublicTeams           Permission = "join_public_teams"
	JoinPrivateTeams          Permission = "join_private_teams"
	CreateDirectChannel       Permission = "create_direct_channel"
	CreateGroupChannel        Permission = "create_group_channel"
	CreateUserAccessToken     Permission = "create_user_access_token"
	ReadUserAccessToken       Permission = "read_user_access_token"
	RevokeUserAccessToken     Permission = "revoke_user_access_token"
	ManageOAuth               Permission = "manage_oauth"
	CreateBot                 Permission = "create_bot"
	ReadBots                  Permission = "read_bots"
	ReadOthersBots            Permission = "read_others_bots"
	ManageBots                Permission = "manage_bots"
	ManageOthersBots          Permission = "manage_others_bots"
	CreatePostEphemeral       Permission = "create_post_ephemeral"
	CreateEmojis              Permission = "create_emojis"
	DeleteEmojis              Permission = "delete_emojis"
	DeleteOthersEmojis        Permission = "delete_others_emojis"
	SysconsoleRead            Permission = "sysconsole_read"
	SysconsoleWrite           Permission = "sysconsole_write"
	ViewTeam                  Permission = "view_team"
	ListTeamChannels          Permission = "list_team_channels"
	JoinPublicChannels        Permission = "join_public_channels"
	ReadPublicChannel         Permission = "read_public_channel"
	CreatePublicChannel       Permission = "create_public_channel"
	CreatePrivateChannel      Permission = "create_private_channel"
	InviteUser                Permission = "invite_user"
	AddUserToTeam             Permission = "add_user_to_team"
	ManageTeam                Permission = "manage_team"
	ManageTeamRoles           Permission = "manage_team_roles"
	RemoveUserFromTeam        Permission = "remove_user_from_team"
	ManageOwnIncomingWebhooks Permission = "manage_own_incoming_webhooks"
	ManageAllIncomingWebhooks Permission = "manage_others_incoming_webhooks"
	BypassIncomingWebhookLock Permission = "bypass_incoming_webhook_channel_lock"
	ManageOwnOutgoingWebhooks Permission = "manage_own_outgoing_webhooks"
	ManageAllOutgoingWebhooks Permission = "manage_others_outgoing_webhooks"
	ManageOwnSlashCommands    Permission = "manage_own_slash_commands"
	ManageAllSlashCommands    Permission = "manage_others_slash_commands"
	UseSlashCommands          Permission = "use_slash_commands"
	ConvertPublicChannel      Permission = "convert_public_channel_to_private"
	ConvertPrivateChannel     Permission = "convert_private_channel_to_public"
	ReadChannel               Permission = "read_channel"
	ReadChannelContent        Permission = "read_channel_content"
	CreatePost                Permission = "create_post"
	CreatePostPublic          Permission = "create_post_public"
	EditPost                  Permission = "edit_post"
	EditOthersPosts           Permission = "edit_others_posts"
	DeletePost                Permission = "delete_post"
	DeleteOthersPosts         Permission = "delete_others_posts"
	UploadFile                Permission = "upload_file"
	GetPublicLink             Permission = "get_public_link"
	AddReaction               Permission = "add_reaction"
	RemoveReaction            Permission = "remove_reaction"
	RemoveOthersReactions     Permission = "remove_others_reactions"
	UseChannelMentions        Permission = "use_channel_mentions"
	ManageChannelRoles        Permission = "manage_channel_roles"
	ManagePublicMembers       Permission = "manage_public_channel_members"
	ManagePrivateMembers      Permission = "manage_private_channel_members"
	ManagePublicProperties    Permission = "manage_public_channel_properties"
	ManagePrivateProperties   Permission = "manage_private_channel_properties"
	DeletePublicChannel       Permission = "delete_public_channel"
	DeletePrivateChannel      Permission = "delete_private_channel"
)

// rolePermissions says what the built-in roles allow (facts 2.11). A system
// admin may do everything, so system_admin needs no list to be checked by.
var rolePermissions = map[string][]Permission{
	model.RoleSystemUser: {
		ListPublicTeams, JoinPublicTeams, CreateDirectChannel, CreateGroupChannel,
		ViewMembers, CreateTeam, CreateEmojis, DeleteEmojis,
	},
	model.RoleSystemAdmin:           {ManageSystem},
	model.RoleSystemUserAccessToken: {CreateUserAccessToken, ReadUserAccessToken, RevokeUserAccessToken},
	model.RoleSystemPostAll:         {CreatePost, UseChannelMentions},
	model.RoleSystemPostAllPublic:   {CreatePostPublic, UseChannelMentions},
	model.RoleTeamUser: {
		ViewTeam, ListTeamChannels, JoinPublicChannels, ReadPublicChannel,
		CreatePublicChannel, CreatePrivateChannel, InviteUser, AddUserToTeam,
	},
	model.RoleTeamAdmin: {
		ManageTeam, ManageTeamRoles, RemoveUserFromTeam, ManageChannelRoles,
		ManageOwnIncomingWebhooks, ManageAllIncomingWebhooks, BypassIncomingWebhookLock,
		ManageOwnOutgoingWebhooks, ManageAllOutgoingWebhooks,
		ManageOwnSlashCommands, ManageAllSlashCommands,
		DeletePost, DeleteOthersPosts, ConvertPublicChannel, ConvertPrivateChannel,
	},
	model.RoleTeamPostAll:       {CreatePost, UseChannelMentions},
	model.RoleTeamPostAllPublic: {CreatePostPublic, UseChannelMentions},
	model.RoleChannelUser: {
		ReadChannel, ReadChannelContent, CreatePost, EditPost, DeletePost, UploadFile, GetPublicLink,
		AddReaction, RemoveReaction, UseChannelMentions, UseSlashCommands,
		ManagePublicMembers, ManagePrivateMembers,
		ManagePublicProperties, ManagePrivateProperties,
		DeletePublicChannel, DeletePrivateChannel,
	},
	model.RoleChannelAdmin: {ManageChannelRoles},
}

// moderation is what admins of teams and channels may do besides, members or not, where
// they can forbid it to members.
var moderation = []Permission{CreatePost, AddReaction, RemoveReaction, UseChannelMentions, ManagePublicMembers, ManagePrivateMembers}

// moderatedRoles are rolePermissions with moderation.
var moderatedRoles = func() map[string][]Permission {
	roles := maps.Clone(rolePermissions)
	for _, admin := range []string{model.RoleTeamAdmin, model.RoleChannelAdmin} {
		roles[admin] = slices.Concat(roles[admin], moderation)
	}
	return roles
}()

// allowed says whether one of the blank-separated roles has the permission, by a table
// of what roles allow.
func allowed(roles string, p Permission, by map[string][]Permission) bool {
	for role := range strings.FieldsSeq(roles) {
		if role == model.RoleSystemAdmin || slices.Contains(by[role], p) {
			return true
		}
	}
	return false
}
