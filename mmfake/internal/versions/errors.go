package versions

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// A rename is what an error was called before some version.
type rename struct {
	since  Version // the first version with the new id
	id     string  // of today
	old    string
	status int // before; 0 means the same
}

// renames lists the errors whose ids or statuses changed. Where an error has
// several old names the oldest comes first: the first line counts whose version
// is newer than the one asked for.
var renames = []rename{
	{v(5, 28), "app.post.get.app_error", "store.sql_post.get.app_error", 0},
	{v(5, 28), "app.post.save.app_error", "store.sql_post.save.app_error", 0},
	{v(5, 28), "app.post.save.existing.app_error", "store.sql_post.save.existing.app_error", 0},
	{v(5, 28), "app.user.get_by_username.app_error", "store.sql_user.get_by_username.app_error", 0},
	{v(5, 28), "app.user.missing_account.const", "store.sql_user.missing_account.const", 0},
	{v(5, 28), "app.user.save.username_exists.app_error", "store.sql_user.save.username_exists.app_error", 0},
	{v(5, 28), "app.user.save.email_exists.app_error", "store.sql_user.save.email_exists.app_error", 0},
	{v(5, 28), "app.user_access_token.get_by_user.app_error", "store.sql_user_access_token.get.app_error", 0},
	{v(5, 28), "app.channel.update_last_viewed_at.app_error", "store.sql_channel.update_last_viewed_at.app_error", 500},
	{v(5, 28), "app.channel.get_channels.not_found.app_error", "store.sql_channel.get_channels.not_found.app_error", 400},
	{v(5, 28), "app.channel.update.bad_id", "store.sql_channel.update.exists.app_error", 0},
	{v(5, 28), "app.channel.get.existing.app_error", "store.sql_channel.get.existing.app_error", 0},
	{v(5, 28), "app.channel.get_by_name.missing.app_error", "store.sql_channel.get_by_name.missing.app_error", 0},
	{v(5, 28), "app.channel.get_member.missing.app_error", "store.sql_channel.get_member.missing.app_error", 0},
	{v(5, 28), "app.channel.get_channels_by_ids.not_found.app_error", "store.sql_channel.get_channels_by_ids.not_found.app_error", 0},
	{v(5, 28), "app.channel.get_unread.app_error", "store.sql_channel.get_unread.app_error", 0},
	{v(5, 28), "app.emoji.get.no_result", "store.sql_emoji.get.app_error", 0},
	{v(5, 28), "app.emoji.get_by_name.no_result", "store.sql_emoji.get_by_name.app_error", 0},
	{v(5, 28), "app.file_info.save.app_error", "store.sql_file_info.save.app_error", 0},
	{v(5, 28), "app.oauth.get_app.find.app_error", "store.sql_oauth.get_app.find.app_error", 0},
	{v(5, 28), "app.session.get.app_error", "store.sql_session.get.app_error", 0},
	{v(5, 28), "app.role.get.app_error", "store.sql_role.get.app_error", 0},
	{v(5, 28), "app.role.save.invalid_role.app_error", "store.sql_role.save.invalid_role.app_error", 0},
	{v(5, 28), "app.role.get_by_name.app_error", "store.sql_role.get_by_name.app_error", 0},
	{v(5, 28), "app.team.get.find.app_error", "store.sql_team.get.find.app_error", 0},
	{v(5, 28), "app.team.get_by_name.missing.app_error", "store.sql_team.get_by_name.app_error", 0},
	{v(5, 28), "app.team.get_member.missing.app_error", "store.sql_team.get_member.missing.app_error", 0},
	{v(5, 28), "app.team.get_by_invite_id.finding.app_error", "store.sql_team.get_by_invite_id.find.app_error", 0},
	{v(5, 28), "store.sql_team.save_team.existing.app_error", "store.sql_team.save.domain_exists.app_error", 0},
	{v(5, 28), "app.team.save.existing.app_error", "store.sql_team.save.existing.app_error", 0},
	{after536, "store.sql_team.save_team.existing.app_error", "app.team.save.existing.app_error", 0},
	{v(5, 28), "api.team.user.missing_account", "store.sql_user.missing_account.const", 0},
	{after536, "api.team.user.missing_account", "app.user.missing_account.const", 0},
	{v(5, 28), "app.file_info.get.app_error", "store.sql_file_info.get.app_error", 0},
	{v(5, 28), "api.file.get_file_info.app_error", "store.sql_file_info.get.app_error", 0},
	{after536, "api.file.get_file_info.app_error", "app.file_info.get.app_error", 0},
	{v(5, 28), "app.webhooks.get_incoming.app_error", "store.sql_webhooks.get_incoming.app_error", 0},
	{v(5, 28), "app.webhooks.save_incoming.existing.app_error", "store.sql_webhooks.save_incoming.existing.app_error", 0},
	{v(5, 28), "app.webhooks.update_incoming.app_error", "store.sql_webhooks.update_incoming.app_error", 0},
	{v(5, 28), "app.webhooks.get_outgoing.app_error", "store.sql_webhooks.get_outgoing.app_error", 500},
	{v(5, 28), "app.webhooks.save_outgoing.override.app_error", "store.sql_webhooks.save_outgoing.override.app_error", 0},
	{v(5, 28), "app.webhooks.update_outgoing.app_error", "store.sql_webhooks.update_outgoing.app_error", 0},
	{v(5, 28), "app.command.createcommand.internal_error", "store.sql_command.save.saving.app_error", 0},
	{v(5, 28), "app.command.updatecommand.internal_error", "store.sql_command.save.update.app_error", 0},
	{v(5, 28), "app.preference.get.app_error", "store.sql_preference.get.app_error", 0},
	{after536, "app.user.get_thread_membership_for_user.not_found", "app.user.get_threads_for_user.not_found", 0},
	{after536, "web.incoming_webhook.decode.app_error", "model.incoming_hook.parse_data.app_error", 0},
	{after536, "web.incoming_webhook.parse_form.app_error", "model.incoming_hook.parse_data.app_error", 0},
	{v(5, 28), "api.user.create_user.signup_link_invalid.app_error", "api.user.create_user.signup_link_invalid.app_error", 400},
	{v(5, 28), "app.job.get.app_error", "store.sql_job.get.app_error", 0},
	{v(5, 28), "app.scheme.get.app_error", "store.sql_scheme.get.app_error", 0},
	{v(5, 34), "mfa.mfa_disabled.app_error", "api.user.update_mfa.not_available.app_error", 0},
	{after536, "app.group.no_rows", "api.ldap_groups.license_error", 501},
	{after536, "api.license_error", "api.ldap_groups.license_error", 0},
	{after536, "api.cloud.license_error", "api.cloud.license_error", 501},
	{after536, "api.license.client.old_format.app_error", "api.license.client.old_format.app_error", 501},
	{after536, "api.file.get_public_link.disabled.app_error", "api.file.get_public_link.disabled.app_error", 501},
	{after536, "api.file.attachments.disabled.app_error", "api.file.attachments.disabled.app_error", 501},
	{v(5, 36), "api.file.upload_file.incorrect_number_of_client_ids.app_error", "api.file.upload_file.incorrect_number_of_files.app_error", 0},
	{v(5, 36), "api.post.search_posts.invalid_body.app_error", "api.context.invalid_body_param.app_error", 0},
	{v(5, 36), "api.file.upload_file.too_large_detailed.app_error", "api.file.upload_file.too_large.app_error", 0},
	{after536, "model.post.is_valid.message_length.app_error", "model.post.is_valid.msg.app_error", 0},
	{after536, "model.channel.is_valid.1_or_more.app_error", "model.channel.is_valid.2_or_more.app_error", 0},
	{after536, "api.payload.parse.error", "api.context.invalid_body_param.app_error", 0},
	{after536, "model.emoji.system_emoji_name.app_error", "model.emoji.name.app_error", 0},
	{after536, "model.bot.is_valid.username.app_error", "model.user.is_valid.username.app_error", 0},
	{after536, "api.team.set_team_icon.check_image_limits.app_error", "api.team.set_team_icon.decode_config.app_error", 0},
	{after536, "api.user.upload_profile_user.check_image_limits.app_error", "api.user.upload_profile_user.decode_config.app_error", 0},
}

// Error returns an error as a server of that version says it.
func (v Version) Error(e *model.AppError) *model.AppError {
	if v.IsNewest() {
		return e
	}
	for _, r := range renames {
		if r.id == e.ID && v.before(r.since) {
			old := *e
			old.ID = r.old
			if r.status != 0 {
				old.StatusCode = r.status
			}
			return &old
		}
	}
	return e
}
