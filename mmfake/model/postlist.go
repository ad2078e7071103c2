package model

// PostList is a page of posts.
type PostList struct {
	// Order holds the ids of the page, newest first. Posts holds these posts
	// and further ones of the same threads.
	Order []string         `json:"order"`
	Posts map[string]*Post `json:"posts"`
	// NextPostID is the post that is newer than the page, PrevPostID the one
	// that is older; empty if there is none.
	NextPostID string `json:"next_post_id" since:"5.14"`
	PrevPostID string `json:"prev_post_id" since:"5.14"`
	// HasNext is sent only for threads.
	HasNext *bool `json:"has_next,omitempty" since:"6.0"`
	// FirstInaccessiblePostTime is 0 unless the plan hides old posts.
	FirstInaccessiblePostTime int64 `json:"first_inaccessible_post_time" since:"7.0"`
}

// NewPostList returns an empty list, which is sent with [] and {}.
func NewPostList() *PostList {
	return &PostList{Order: []string{}, Posts: map[string]*Post{}}
}

// Append adds p at the end of the page.
func (l *PostList) Append(p *Post) {
	l.Order = append(l.Order, p.ID)
	l.Posts[p.ID] = p
}

// Add adds p to the posts but not to the page.
func (l *PostList) Add(p *Post) { l.Posts[p.ID] = p }

// PostSearchResults is the answer of a post search.
type PostSearchResults struct {
	*PostList
	// Matches are the words found by post id, null where the database searches.
	Matches map[string][]string `json:"matches" since:"5.36"`
}
