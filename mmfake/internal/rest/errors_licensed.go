package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// What a server without a licence says of what needs one.
var (
	errNoGroups           = needsLicence(501, "api.license_error", "Groups")
	errNoLDAP             = needsLicence(501, "api.ldap_groups.license_error", "LDAP")
	errNoGroupCounts      = needsLicence(501, "api.channel.channel_member_counts_by_group.license.error", "Counting the members of groups")
	errNoModerations      = needsLicence(501, "api.channel.get_channel_moderations.license.error", "The moderation of channels")
	errNoModerationPatch  = needsLicence(501, "api.channel.patch_channel_moderations.license.error", "The moderation of channels")
	errNoChannelScheme    = needsLicence(501, "api.channel.update_channel_scheme.license.error", "A channel's scheme")
	errNoTeamScheme       = needsLicence(501, "api.team.update_team_scheme.license.error", "A team's scheme")
	errNoSchemeMade       = needsLicence(501, "api.scheme.create_scheme.license.error", "A scheme")
	errNoSchemePatched    = needsLicence(501, "api.scheme.patch_scheme.license.error", "A scheme")
	errNoSchemeDeleted    = needsLicence(501, "api.scheme.delete_scheme.license.error", "A scheme")
	errNoBookmarks        = needsLicence(403, "api.channel.bookmark.channel_bookmark.license.error", "A channel's bookmarks")
	errNoAcknowledgements = needsLicence(501, "<untranslated>", "The acknowledgement of posts")
	errNoScheduledPosts   = needsLicence(400, "api.scheduled_posts.license_error", "Scheduled posts")
	errNoThreadMoves      = needsLicence(501, "api.post.move_thread.disabled.app_error", "Moving threads")
	errNoAttributes       = needsLicence(403, "api.custom_profile_attributes.license_error", "A profile's own attributes")
	errNoFlagging         = needsLicence(501, "api.content_flagging.error.license", "Flagging content")
	errNoCloud            = needsLicence(403, "api.cloud.license_error", "Mattermost's cloud")
	errNoRetention        = needsLicence(501, "ent.data_retention.generic.license.error", "Data retention")
	errNoCompliance       = needsLicence(501, "ent.compliance.licence_disable.app_error", "Compliance")
	errNoElasticsearch    = needsLicence(501, "ent.elasticsearch.test_config.license.error", "Elasticsearch")
	errNoSAML             = needsLicence(501, "api.admin.saml.not_available.app_error", "SAML")
	errNoGuestInvites     = needsLicence(501, "api.team.invate_guests_to_channels.license.error", "Inviting guests") // the real server's spelling
	errNoGuests           = needsLicence(501, "api.team.demote_user_to_guest.license.error", "Making a guest of a user")
	errNoCWS              = needsLicence(401, "api.user.login_cws.license.error", "Logging in by Mattermost's customer portal")

	errNoScheme = world.NewProblem(404, "app.scheme.get.app_error", "There is no scheme with that id.")
)

func needsLicence(status int, id, what string) world.Problem {
	return world.NewProblem(status, id, what+": only with a licence, and the server has none.")
}
