package world

// Drafts.
var (
	errDraftLength   = Problem{400, "model.draft.is_valid.message_length.app_error", "A draft has up to 16383 characters: shorten it."}
	errTooManyDrafts = Problem{400, "mmfake.too_many_drafts", "The user has %d drafts already: delete some."}
)
