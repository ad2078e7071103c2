package world

// Channels.
var (
	errChannelUnknown       = Problem{404, "app.channel.get.existing.app_error", "There is no channel with that id."}
	errChannelNameUnknown   = Problem{404, "app.channel.get_by_name.missing.app_error", "There is no channel with that name that you may see."}
	errNotifyDesktop        = Problem{400, "model.channel_member.is_valid.notify_level.app_error", "desktop is default, all, mention or none."}
	errNotifyUnread         = Problem{400, "model.channel_member.is_valid.unread_level.app_error", "mark_unread is all or mention."}
	errNotifyPush           = Problem{400, "model.channel_member.is_valid.push_level.app_error", "push is default, all, mention or none."}
	errNotifyEmail          = Problem{400, "model.channel_member.is_valid.email_value.app_error", "email is default, true or false."}
	errChannelMemberUnknown = Problem{404, "app.channel.get_member.missing.app_error", "That user is no member of that channel."}
	errChannelRenameTaken   = Problem{400, "app.channel.update.bad_id", "A channel of the team has that name: choose another one."}
	errChannelTaken         = Problem{400, "store.sql_channel.save_channel.exists.app_error", "A channel with that name exists in the team, or did: choose another one."}
	errChannelDirectType    = Problem{400, "api.channel.create_channel.direct_channel.app_error", "Direct and group channels have endpoints of their own: use them."}
	errChannelLimit         = Problem{400, "api.channel.create_channel.max_channel_limit.app_error", "The team has as many channels as TeamSettings.MaxChannelsPerTeam allows."}
	errChannelName          = Problem{400, "model.channel.is_valid.1_or_more.app_error", "A channel name has 1 to 64 lower-case letters, digits, dashes and underscores, and begins with a letter or digit."}
	errChannelNameForm      = Problem{400, "model.channel.is_valid.name.app_error", "That channel name looks like a direct or group channel's: choose another one."}
	errChannelDisplayName   = Problem{400, "model.channel.is_valid.display_name.app_error", "A channel's display name has up to 64 characters."}
	errChannelHeader        = Problem{400, "model.channel.is_valid.header.app_error", "A channel's header has up to 1024 characters."}
	errChannelPurpose       = Problem{400, "model.channel.is_valid.purpose.app_error", "A channel's purpose has up to 250 characters."}
	errChannelType          = Problem{400, "model.channel.is_valid.type.app_error", "A channel's type is O, P, D or G."}
	errDirectUser           = Problem{400, "api.channel.create_direct_channel.invalid_user.app_error", "One of the two users does not exist."}
	errGroupSize            = Problem{400, "api.channel.create_group.bad_size.app_error", "A group channel has 3 to 8 members, the caller among them."}
	errGroupUser            = Problem{400, "api.channel.create_group.bad_user.app_error", "One of the users does not exist."}
	errAddToDirect          = Problem{400, "api.channel.add_user_to_channel.type.app_error", "Nobody can be added to a direct or group channel: make another one."}
	errRemoveFromDirect     = Problem{400, "api.channel.remove_channel_member.type.app_error", "Nobody can leave a direct or group channel."}
	errRemoveFromDefault    = Problem{400, "api.channel.remove.default.app_error", "Nobody can leave town-square or be removed from it."}
	errArchiveDefault       = Problem{400, "api.channel.delete_channel.cannot.app_error", "town-square cannot be archived."}
	errArchiveDirect        = Problem{400, "api.channel.delete_channel.type.invalid", "Direct and group channels cannot be archived."}
	errChannelTypeChange    = Problem{400, "api.channel.update_channel.typechange.app_error", "An update leaves the channel's type as it is: use the privacy endpoint."}
	errRenameDefault        = Problem{400, "api.channel.update_channel.tried.app_error", "town-square keeps its name."}
	errPrivateDefault       = Problem{400, "api.channel.update_channel_privacy.default_channel_error", "town-square stays public."}
	errChangeArchived       = Problem{400, "api.channel.update_channel.deleted.app_error", "The channel is archived: restore it before changing it."}
	errDirectOutsider       = Problem{403, "api.channel.patch_update_channel.forbidden.app_error", "Only the members of a direct or group channel change it."}
	errDirectChange         = Problem{400, "api.channel.patch_update_channel.update_direct_or_group_messages_not_allowed.app_error", "Of a direct or group channel only the header can be changed."}
	errChannelDeletion      = Problem{401, "api.user.delete_channel.not_enabled.app_error", "Deleting channels for good is switched off: set ServiceSettings.EnableAPIChannelDeletion."}
	errNotArchived          = Problem{400, "api.channel.restore_channel.restored.app_error", "The channel is not archived."}
	errNoChannels           = Problem{404, "app.channel.get_channels_by_ids.not_found.app_error", "None of these ids is of a public channel of the team."}
	errUnreadOutsider       = Problem{404, "app.channel.get_unread.app_error", "That user is no member of that channel."}
	errViewUnknown          = Problem{400, "app.channel.update_last_viewed_at.app_error", "There is no channel with one of these ids."}
	errNoGroup              = Problem{400, "app.channel.get_common_teams.incorrect_channel_type", "Only group channels have common teams."}
	errChannelRoleForeign   = Problem{400, "api.channel.update_channel_member_roles.scheme_role.app_error", "The role %s is none of a channel's members."}
	errChannelRoleGuest     = Problem{400, "api.channel.update_channel_member_roles.changing_guest_role.app_error", "A member stays one: keep channel_user."}
	errChannelRoleBoth      = Problem{400, "api.channel.update_channel_member_roles.guest_and_user.app_error", "A member is channel_user or channel_guest, not both."}
	errChannelStandingGuest = Problem{400, "api.channel.update_channel_member_roles.user_and_guest.app_error", "A member stays one: leave scheme_guest out."}
	errChannelStandingNone  = Problem{400, "api.channel.update_channel_member_roles.unset_user_scheme.app_error", "A member stays one: set scheme_user."}
	errCategoryUnknown      = Problem{404, "app.channel.sidebar_categories.app_error", "There is no such category in the user's sidebar."}
	errCategoryOrder        = Problem{400, "app.channel.sidebar_categories.app_error", "An order names each of the user's categories once."}
	errCategoryFixed        = Problem{400, "app.channel.sidebar_categories.app_error", "Only categories that the user made can be deleted."}
	errCategoryLimit        = Problem{400, "app.channel.sidebar_categories.app_error", "A sidebar has up to %d categories."}
	errArchivedAlready      = Problem{400, "api.channel.delete_channel.deleted.app_error", "The channel is archived already."}
)
