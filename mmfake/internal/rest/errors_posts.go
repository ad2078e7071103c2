package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// What is wrong with requests about posts, threads and what hangs on channels.
var (
	errUnlicensed          = world.NewProblem(501, "<untranslated>", "This needs a licence, and the server has none.")
	errScheduleUnlicensed  = world.NewProblem(400, "api.scheduled_posts.license_error", "Scheduled posts need a licence, and the server has none.")
	errPostIDsTooMany      = world.NewProblem(400, "api.post.posts_by_ids.invalid_body.request_error", "Up to %d posts may be asked for at once.")
	errMoveDisabled        = world.NewProblem(501, "api.post.move_thread.disabled.app_error", "Moving threads needs a licence, and the server has none.")
	errBookmarksUnlicensed = world.NewProblem(403, "api.channel.bookmark.channel_bookmark.license.error", "Bookmarks need a licence, and the server has none.")
	errPreviewsOff         = world.NewProblem(501, "api.post.link_preview_disabled.app_error", "Link previews are turned off: set ServiceSettings.EnableLinkPreviews.")
	errImageURL            = world.NewProblem(400, "api.image.get.app_error", "The url is none of a picture.")
	errThreadCursors       = world.NewProblem(400, "api.getThreadsForUser.bad_params", "Threads are paged with before or after: give one of them.")
	errThreadParts         = world.NewProblem(400, "api.getThreadsForUser.bad_only_params", "totalsOnly and threadsOnly leave nothing: give one of them.")
	errSearchBody          = world.NewProblem(400, "api.post.search_posts.invalid_body.app_error", "The request body is not the JSON of a search.")
)
