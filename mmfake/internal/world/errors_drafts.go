package world

// Drafts.
var (
	errDraftsOff     = Problem{501, "api.drafts.disabled.app_error", "Drafts on the server are turned off: set ServiceSettings.AllowSyncedDrafts."}
	errDraftLength   = Problem{400, "model.draft.is_valid.message_length.app_error", "A draft has up to 16383 characters: shorten it."}
	errDraftRoot     = Problem{400, "model.draft.is_valid.root_id.app_error", "The root_id is no id: give that of a thread's first post, or leave it out."}
	errDraftFiles    = Problem{400, "model.draft.is_valid.file_ids.app_error", "A draft has up to 10 files."}
	errDraftProps    = Problem{400, "model.draft.is_valid.props.app_error", "The props take more than 800,000 characters: shorten them."}
	errDraftArchived = Problem{400, "api.draft.create_draft.can_not_draft_to_deleted.error", "The channel is archived: restore it before writing in it."}
	errTooManyDrafts = Problem{400, "mmfake.too_many_drafts", "The user has %d drafts already: delete some."}
)
