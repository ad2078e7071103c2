package model

import "strings"

// Types of posts. A type that begins with PostTypeCustom is free for
// integrations; one that begins with PostTypeSystemPrefix only the server sets.
const (
	PostTypeDefault         = ""
	PostTypeSlackAttachment = "slack_attachment"
	PostTypeMe              = "me"
	PostTypeReminder        = "reminder"
	PostTypeBurnOnRead      = "burn_on_read"
	PostTypeAddBot          = "add_bot_teams_channels"
	PostTypeCustom          = "custom_"
	PostTypeSystemPrefix    = "system_"

	// PostTypeEphemeral is shown to one user and never stored.
	PostTypeEphemeral = "system_ephemeral"

	PostTypeGeneric           = "system_generic"
	PostTypeJoinLeave         = "system_join_leave"
	PostTypeJoinChannel       = "system_join_channel"
	PostTypeGuestJoinChannel  = "system_guest_join_channel"
	PostTypeLeaveChannel      = "system_leave_channel"
	PostTypeJoinTeam          = "system_join_team"
	PostTypeLeaveTeam         = "system_leave_team"
	PostTypeAutoResponder     = "system_auto_responder"
	PostTypeAutotranslation   = "system_autotranslation"
	PostTypeAddRemove         = "system_add_remove"
	PostTypeAddToChannel      = "system_add_to_channel"
	PostTypeAddGuestToChannel = "system_add_guest_to_chan"
	PostTypeRemoveFromChannel = "system_remove_from_channel"
	PostTypeMoveChannel       = "system_move_channel"
	PostTypeAddToTeam         = "system_add_to_team"
	PostTypeRemoveFromTeam    = "system_remove_from_team"
	PostTypeHeaderChange      = "system_header_change"
	PostTypeDisplayNameChange = "system_displayname_change"
	PostTypeConvertChannel    = "system_convert_channel"
	PostTypePurposeChange     = "system_purpose_change"
	PostTypeChannelDeleted    = "system_channel_deleted"
	PostTypeChannelRestored   = "system_channel_restored"
	PostTypeChangePrivacy     = "system_change_chan_privacy"
	PostTypeWrangler          = "system_wrangler"
	PostTypeGMToChannel       = "system_gm_to_channel"
)

// IsSystemType reports whether only the server sets this type of post.
func IsSystemType(postType string) bool { return strings.HasPrefix(postType, PostTypeSystemPrefix) }

// Keys of Props to which servers or clients give a meaning. FromWebhook and
// FromBot hold the string "true".
const (
	PropAttachments           = "attachments"
	PropFromWebhook           = "from_webhook"
	PropFromBot               = "from_bot"
	PropFromOAuthApp          = "from_oauth_app"
	PropWebhookDisplayName    = "webhook_display_name"
	PropOverrideUsername      = "override_username"
	PropOverrideIconURL       = "override_icon_url"
	PropOverrideIconEmoji     = "override_icon_emoji"
	PropChannelMentions       = "channel_mentions"
	PropPreviewedPost         = "previewed_post"
	PropAddChannelMember      = "add_channel_member"
	PropForceNotification     = "force_notification"
	PropDisableGroupHighlight = "disable_group_highlight"
	PropDeleteBy              = "deleteBy"
	PropUsername              = "username"
	PropUserID                = "userId"
	PropAddedUserID           = "addedUserId"
	PropAddedUsername         = "addedUsername"
	PropRemovedUserID         = "removedUserId"
	PropRemovedUsername       = "removedUsername"
)
