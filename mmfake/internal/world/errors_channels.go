package world

// Channels.
var (
	errChannelUnknown       = Problem{404, "app.channel.get.existing.app_error", "There is no channel with that id."}
	errChannelNameUnknown   = Problem{404, "app.channel.get_by_name.missing.app_error", "There is no channel with that name that you may see."}
	errChannelMemberUnknown = Problem{404, "app.channel.get_member.missing.app_error", "That user is no member of that channel."}
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
	errArchivedAlready      = Problem{400, "api.channel.delete_channel.deleted.app_error", "The channel is archived already."}
)
