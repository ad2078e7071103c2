package rest

// Endpoints of which a server without a licence does nothing but say so, whatever the
// request is about.
var unlicensedRoutes = []route{
	{pattern: "POST /api/v4/users/{user_id}/posts/{post_id}/ack", serve: unlicensed},
	{pattern: "DELETE /api/v4/users/{user_id}/posts/{post_id}/ack", serve: unlicensed},
	{pattern: "POST /api/v4/posts/schedule", serve: schedulePost},
	{pattern: "PUT /api/v4/posts/schedule/{scheduled_post_id}", serve: schedulePost},
	{pattern: "DELETE /api/v4/posts/schedule/{scheduled_post_id}", serve: schedulePost},
	{pattern: "GET /api/v4/posts/scheduled/team/{team_id}", serve: schedulePost},
	{pattern: "POST /api/v4/posts/{post_id}/move", serve: moveThread},
	{pattern: "GET /api/v4/channels/{channel_id}/bookmarks", serve: channelBookmarks},
	{pattern: "POST /api/v4/channels/{channel_id}/bookmarks", serve: channelBookmarks},
	{pattern: "PATCH /api/v4/channels/{channel_id}/bookmarks/{bookmark_id}", serve: channelBookmarks},
	{pattern: "DELETE /api/v4/channels/{channel_id}/bookmarks/{bookmark_id}", serve: channelBookmarks},
	{pattern: "POST /api/v4/channels/{channel_id}/bookmarks/{bookmark_id}/sort_order", serve: channelBookmarks},
}

func unlicensed(*call) (any, error) { return nil, errUnlicensed.With() }

func schedulePost(*call) (any, error) { return nil, errScheduleUnlicensed.With() }

func moveThread(*call) (any, error) { return nil, errMoveDisabled.With() }

func channelBookmarks(*call) (any, error) { return nil, errBookmarksUnlicensed.With() }
