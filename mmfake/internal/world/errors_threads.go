package world

// Threads of a user.
var (
	errThreadUnknown  = Problem{404, "app.user.get_threads_for_user.not_found", "The user follows no thread with that id: follow it first."}
	errThreadNoMember = Problem{404, "app.user.get_thread_membership_for_user.not_found", "The user has nothing to do with a thread of that id: follow it first."}
	errThreadPost     = Problem{400, "app.user.update_thread_read_for_user_by_post.app_error", "That post is not in the thread: give the root's id or a reply's."}
)
