package world

// Files.
var (
	ErrFilesOff         = Problem{403, "api.file.attachments.disabled.app_error", "FileSettings.EnableFileAttachments is off: turn it on."}
	errFileContent      = Problem{404, "api.file.get_file_info.app_error", "There is no file with that id."}
	errFileUnknown      = Problem{404, "app.file_info.get.app_error", "There is no file with that id."}
	errFileTooLarge     = Problem{413, "api.file.upload_file.too_large_detailed.app_error", "The file %q is larger than FileSettings.MaxFileSize, %d bytes."}
	errFilePixels       = Problem{400, "api.file.upload_file.large_image_detailed.app_error", "The picture %q has more pixels than the server takes, %d."}
	errFileName         = Problem{500, "app.file_info.save.app_error", "A file name has up to %d bytes."}
	errFilesFull        = Problem{507, "mmfake.file_storage_full", "All files of this fake together may take %d bytes, and this one is too much: raise FileStorage, or start a new fake."}
	errNoThumbnail      = Problem{400, "api.file.get_file_thumbnail.no_thumbnail.app_error", "The file has no thumbnail: it is no picture that the server can draw."}
	errNoPreview        = Problem{400, "api.file.get_file_preview.no_preview.app_error", "The file has no preview: it is no picture that the server can draw."}
	errPublicLinkOff    = Problem{403, "api.file.get_public_link.disabled.app_error", "FileSettings.EnablePublicLink is off: turn it on."}
	errPublicLinkNoPost = Problem{400, "api.file.get_public_link.no_post.app_error", "The file is not part of a post yet: post it first."}
	errPublicLinkHash   = Problem{400, "api.file.get_file.public_invalid.app_error", "That is not the public link of this file: ask for it with GET /api/v4/files/{file_id}/link."}

	errUploadUnknown    = Problem{404, "app.upload.get.app_error", "There is no upload with that id: it is complete, or was never begun."}
	errUploadForeign    = Problem{403, "api.upload.get_upload.forbidden.app_error", "The upload is somebody else's."}
	errUploadArchived   = Problem{400, "app.upload.create.cannot_upload_to_deleted_channel.app_error", "The channel is archived: restore it before uploading."}
	errUploadName       = Problem{400, "model.upload_session.is_valid.filename.app_error", "An upload has a filename: give one."}
	errUploadSize       = Problem{400, "model.upload_session.is_valid.file_size.app_error", "The file_size is more than 0."}
	errUploadLarge      = Problem{413, "app.upload.create.upload_too_large.app_error", "The file is larger than FileSettings.MaxFileSize, %d bytes."}
	errUploadsOff       = Problem{501, "api.file.attachments.disabled.app_error", "FileSettings.EnableFileAttachments is off: turn it on."}
	errUploadsForeign   = Problem{403, "api.user.get_uploads_for_user.forbidden.app_error", "Nobody sees the uploads of others."}
	errUploadFirstPart  = Problem{400, "app.upload.upload_data.first_part_too_small.app_error", "The first part of a file has at least %d bytes, or is all of it: send more at once."}
	errUploadConcurrent = Problem{400, "app.upload.upload_data.concurrent.app_error", "Another part of the same upload has arrived meanwhile: ask how far it is, and send what is missing."}
	errFileSearchOff    = Problem{501, "store.sql_file_info.search.disabled", "Searching files is turned off: set ServiceSettings.EnableFileSearch."}
)
