package model

// Thread is a thread as one of its followers sees it. Its id is the id of
// its root post.
type Thread struct {
	ID          string `json:"id"`
	ReplyCount  int64  `json:"reply_count"`
	LastReplyAt int64  `json:"last_reply_at"`
	// LastViewedAt is 0 when the follower never opened the thread.
	LastViewedAt int64   `json:"last_viewed_at"`
	Participants []*User `json:"participants"`
	// Post is the root, without metadata.
	Post           *Post `json:"post"`
	UnreadReplies  int64 `json:"unread_replies"`
	UnreadMentions int64 `json:"unread_mentions"`
	IsUrgent       bool  `json:"is_urgent" since:"7.7"`
	DeleteAt       int64 `json:"delete_at" since:"6.0"`
}

// Threads is a page of a user's threads with the totals of all of them.
type Threads struct {
	Total                     int64 `json:"total"`
	TotalUnreadThreads        int64 `json:"total_unread_threads"`
	TotalUnreadMentions       int64 `json:"total_unread_mentions"`
	TotalUnreadUrgentMentions int64 `json:"total_unread_urgent_mentions" since:"7.7"`
	// Threads is null when only the totals were asked for.
	Threads []*Thread `json:"threads"`
}
