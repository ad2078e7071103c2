package world

// Posts.
var (
	errPostUnknown     = Problem{404, "app.post.get.app_error", "There is no post with that id."}
	errPostExists      = Problem{400, "app.post.save.existing.app_error", "A new post has no id: leave it out."}
	errPostArchived    = Problem{400, "api.post.create_post.can_not_post_to_deleted.error", "The channel is archived: restore it before posting."}
	errPostRoot        = Problem{400, "api.post.create_post.root_id.app_error", "The root_id is of no root post: give the id of a thread's first post."}
	errPostRootChannel = Problem{400, "api.post.create_post.channel_root_id.app_error", "The root post is in another channel: reply where it stands."}
	errPostPending     = Problem{500, "api.post.deduplicate_create_post.pending", "A post with that pending_post_id is being made: wait for it."}
	errPostLength      = Problem{400, "model.post.is_valid.message_length.app_error", "A message has up to 16383 characters: split it."}
	errPostType        = Problem{400, "model.post.is_valid.type.app_error", "That post type is unknown: leave it out, or begin it with custom_."}
	errPostProps       = Problem{400, "model.post.is_valid.props.app_error", "The props take more than 800,000 characters: shorten them."}
	errPostFiles       = Problem{400, "model.post.is_valid.file_ids.app_error", "A post has up to 10 files."}
	errEditTime        = Problem{400, "api.post.update_post.permissions_time_limit.app_error", "The post is older than ServiceSettings.PostEditTimeLimit allows for an edit."}
	errEditSystem      = Problem{400, "api.post.update_post.system_message.app_error", "System messages cannot be edited."}
	errUpdateArchived  = Problem{400, "api.post.update_post.can_not_update_post_in_deleted.error", "The channel is archived: restore it before editing."}
	errPatchArchived   = Problem{400, "api.post.patch_post.can_not_update_post_in_deleted.error", "The channel is archived: restore it before editing."}
	errDeleteArchived  = Problem{400, "api.post.delete_post.can_not_delete_post_in_deleted.error", "The channel is archived: restore it before deleting."}
	errPriorityReply   = Problem{400, "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error", "Only a root post has a priority."}
	errPriorityLicence = Problem{501, "license_error.feature_unavailable", "Requesting acknowledgements and persistent notifications needs a licence."}
)
