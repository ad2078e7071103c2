package world

// Posts.
var (
	errPostUnknown     = Problem{404, "app.post.get.app_error", "There is no post with that id."}
	errPostExists      = Problem{400, "app.post.save.existing.app_error", "A new post has no id: leave it out."}
	errPendingGone     = Problem{500, "api.post.deduplicate_create_post.failed_to_get", "The post of that pending_post_id is deleted: send the new one with an id of its own."}
	errPostArchived    = Problem{400, "api.post.create_post.can_not_post_to_deleted.error", "The channel is archived: restore it before posting."}
	errPostRoot        = Problem{400, "api.post.create_post.root_id.app_error", "The root_id is of no root post: give the id of a thread's first post."}
	errPostRootChannel = Problem{400, "api.post.create_post.channel_root_id.app_error", "The root post is in another channel: reply where it stands."}
	errPostParent      = Problem{500, "api.post.create_post.parent_id.app_error", "The parent_id is of no post in the root's thread: leave it out."}
	errPostParentID    = Problem{400, "model.post.is_valid.parent_id.app_error", "The parent_id is no id: leave it out."}
	errPostParentAlone = Problem{400, "model.post.is_valid.root_parent.app_error", "There is a parent_id and no root_id: give the root of the thread."}
	errPostLength      = Problem{400, "model.post.is_valid.message_length.app_error", "A message has up to 16383 characters: split it."}
	errPostType        = Problem{400, "model.post.is_valid.type.app_error", "That post type is unknown: leave it out, or begin it with custom_."}
	errPostSave        = Problem{500, "app.post.save.app_error", "A post's type has up to %d characters."}
	errPostProps       = Problem{400, "model.post.is_valid.props.app_error", "The props take more than 800,000 characters: shorten them."}
	errPostFiles       = Problem{400, "model.post.is_valid.file_ids.app_error", "A post has up to 10 files."}
	errEditTime        = Problem{400, "api.post.update_post.permissions_time_limit.app_error", "The post is older than ServiceSettings.PostEditTimeLimit allows for an edit."}
	errEditSystem      = Problem{400, "api.post.update_post.system_message.app_error", "System messages cannot be edited."}
	errUpdateArchived  = Problem{400, "api.post.update_post.can_not_update_post_in_deleted.error", "The channel is archived: restore it before editing."}
	errPatchArchived   = Problem{400, "api.post.patch_post.can_not_update_post_in_deleted.error", "The channel is archived: restore it before editing."}
	errDeleteArchived  = Problem{400, "api.post.delete_post.can_not_delete_post_in_deleted.error", "The channel is archived: restore it before deleting."}
	errPriorityOff     = Problem{403, "api.post.post_priority.priority_post_not_allowed_for_user.request_error", "Priorities are switched off: leave it out, or set ServiceSettings.PostPriority."}
	errPriorityReply   = Problem{400, "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error", "Only a root post has a priority."}
	errPriorityLicence = Problem{501, "license_error.feature_unavailable", "Requesting acknowledgements and persistent notifications needs a licence."}
	errPostUnedited    = Problem{404, "app.post.get.app_error", "The post was never edited: it has no earlier versions."}
	errVersionUnknown  = Problem{404, "app.post.restore_post_version.get_single.app_error", "There is no version of a post with that id."}
	errVersionOther    = Problem{400, "app.post.restore_post_version.not_an_history_item.app_error", "That is no version of this post: take one from its edit_history."}
	errRestoreOthers   = Problem{403, "app.post.restore_post_version.not_allowed.app_error", "Only its author restores a version of a post."}
	errSearchOff       = Problem{501, "store.sql_post.search.disabled", "Searching is turned off: set ServiceSettings.EnablePostSearch."}
	errEraseOff        = Problem{501, "api.post.delete_post.not_enabled.app_error", "Deleting for good is turned off: leave permanent out, or set ServiceSettings.EnableAPIPostDeletion."}
)
