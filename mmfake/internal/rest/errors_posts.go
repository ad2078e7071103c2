package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// What is wrong with requests about posts, threads and what hangs on channels.
var (
	errPostIDsTooMany = world.NewProblem(400, "api.post.posts_by_ids.invalid_body.request_error", "Up to %d posts may be asked for at once.")
	errPreviewsOff    = world.NewProblem(501, "api.post.link_preview_disabled.app_error", "Link previews are turned off: set ServiceSettings.EnableLinkPreviews.")
	errImageURL       = world.NewProblem(400, "api.image.get.app_error", "The url is none of a picture.")
	errThreadCursors  = world.NewProblem(400, "api.getThreadsForUser.bad_params", "Threads are paged with before or after: give one of them.")
	errThreadParts    = world.NewProblem(400, "api.getThreadsForUser.bad_only_params", "totalsOnly and threadsOnly leave nothing: give one of them.")
	errSearchBody     = world.NewProblem(400, "api.post.search_posts.invalid_body.app_error", "The request body is not the JSON of a search.")
)
