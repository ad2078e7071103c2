package world

// Custom emoji.
var (
	errEmojiOff         = Problem{501, "api.emoji.disabled.app_error", "ServiceSettings.EnableCustomEmoji is off: turn it on."}
	errEmojiUnknown     = Problem{404, "app.emoji.get.no_result", "There is no custom emoji with that id."}
	errEmojiNameUnknown = Problem{404, "app.emoji.get_by_name.no_result", "There is no emoji of the name %q."}
	errEmojiName        = Problem{400, "model.emoji.name.app_error", "An emoji's name has up to 64 letters, digits and the characters _ - and +."}
	errEmojiSystemName  = Problem{400, "model.emoji.system_emoji_name.app_error", "Every server has an emoji of that name: choose another."}
	errEmojiTaken       = Problem{400, "api.emoji.create.duplicate.app_error", "There is an emoji of that name: choose another."}
	errEmojiOtherUser   = Problem{403, "api.emoji.create.other_user.app_error", "The creator_id is somebody else's: give your own."}
	errEmojiImage       = Problem{400, "api.emoji.upload.image.app_error", "The image is no PNG, JPEG or GIF."}
	errEmojiPixels      = Problem{400, "api.emoji.upload.large_image.too_large.app_error", "The image is larger than %d by %[1]d pixels."}
	errEmojiTooMany     = Problem{400, "api.emoji.get_multiple_by_name_too_many.request_error", "Up to %d emoji may be asked for at once."}
)
