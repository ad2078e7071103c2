package assertions

import (
	"slices"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Posted waits for a post that meets all of the conditions and returns the oldest
// that does, or nil where there is none in time. Deleted posts, and the server's
// own about joining and leaving, do not count.
func (a *Assertions) Posted(conditions ...mmfake.PostMatch) *mmfake.Post {
	a.t.Helper()
	ctx, cancel := a.context()
	defer cancel()
	start := time.Now()
	post, err := a.mm.WaitForPost(ctx, conditions...)
	if err == nil {
		return post
	}
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.fail("", "This post can never be there: %v.", impossible)
		return nil
	}
	a.fail(a.aboutPosts(conditions), "No post meets what was wanted (waited %v).", time.Since(start).Round(time.Millisecond))
	return nil
}

// NotPosted looks whether there is a post that meets all of the conditions, now:
// a test asks once everything that could post has answered.
func (a *Assertions) NotPosted(conditions ...mmfake.PostMatch) bool {
	a.t.Helper()
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.fail("", "This post can never be there: %v.", impossible)
		return false
	}
	wanted := recorder.And(conditions...)
	for _, p := range a.mm.Posts() {
		if wanted.Meets(p) {
			a.fail("unwanted: "+wanted.Want+"\nfound:    "+p.String()+"\n"+table("posts:    ", a.mm.Posts()), "There is a post that should not be there.")
			return false
		}
	}
	return true
}

func (a *Assertions) aboutPosts(conditions []mmfake.PostMatch) string {
	posts := a.mm.Posts()
	return recorder.Explain(slices.Values(posts), conditions...) + "\n" + table("posts:   ", posts)
}
