package model

// Names of websocket events.
const (
	EventHello                = "hello"
	EventPosted               = "posted"
	EventPostEdited           = "post_edited"
	EventPostDeleted          = "post_deleted"
	EventPostUnread           = "post_unread"
	EventEphemeralMessage     = "ephemeral_message"
	EventReactionAdded        = "reaction_added"
	EventReactionRemoved      = "reaction_removed"
	EventEmojiAdded           = "emoji_added"
	EventTyping               = "typing"
	EventStatusChange         = "status_change"
	EventUserAdded            = "user_added"
	EventUserRemoved          = "user_removed"
	EventNewUser              = "new_user"
	EventUserUpdated          = "user_updated"
	EventUserRoleUpdated      = "user_role_updated"
	EventMemberRoleUpdated    = "memberrole_updated"
	EventRoleUpdated          = "role_updated"
	EventAddedToTeam          = "added_to_team"
	EventLeaveTeam            = "leave_team"
	EventUpdateTeam           = "update_team"
	EventUpdateTeamScheme     = "update_team_scheme"
	EventDeleteTeam           = "delete_team"
	EventRestoreTeam          = "restore_team"
	EventChannelCreated       = "channel_created"
	EventChannelUpdated       = "channel_updated"
	EventChannelConverted     = "channel_converted"
	EventChannelDeleted       = "channel_deleted"
	EventChannelRestored      = "channel_restored"
	EventChannelMemberUpdated = "channel_member_updated"
	EventDirectAdded          = "direct_added"
	EventGroupAdded           = "group_added"
	EventOpenDialog           = "open_dialog"
	EventPreferenceChanged    = "preference_changed"
	EventPreferencesChanged   = "preferences_changed"
	EventPreferencesDeleted   = "preferences_deleted"
	EventThreadUpdated        = "thread_updated"
	EventThreadFollowChanged  = "thread_follow_changed"
	EventThreadReadChanged    = "thread_read_changed"
	EventDraftCreated         = "draft_created"
	EventDraftDeleted         = "draft_deleted"
	EventConfigChanged        = "config_changed"
	EventLicenseChanged       = "license_changed"

	// EventMultipleChannelsViewed took the place of EventChannelViewed, which
	// old servers send.
	EventMultipleChannelsViewed = "multiple_channels_viewed"
	EventChannelViewed          = "channel_viewed"

	// EventUserActivationStatusChange says that some user was activated or
	// deactivated, and not which.
	EventUserActivationStatusChange = "user_activation_status_change"

	EventScheduledPostCreated = "scheduled_post_created"
	EventScheduledPostUpdated = "scheduled_post_updated"
	EventScheduledPostDeleted = "scheduled_post_deleted"

	EventSidebarCategoryCreated      = "sidebar_category_created"
	EventSidebarCategoryUpdated      = "sidebar_category_updated"
	EventSidebarCategoryDeleted      = "sidebar_category_deleted"
	EventSidebarCategoryOrderUpdated = "sidebar_category_order_updated"

	EventPostAcknowledgementAdded   = "post_acknowledgement_added"
	EventPostAcknowledgementRemoved = "post_acknowledgement_removed"
)
