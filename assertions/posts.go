package assertions

import (
	"errors"
	"fmt"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Posted waits for a post that meets all of the conditions and returns the oldest
// that does, or nil where there is none in time. Deleted posts, and the server's
// own about joining and leaving, do not count; messages that only one user is shown
// count where mmfake.Ephemeral is among the conditions.
func (a *Assertions) Posted(conditions ...mmfake.PostMatch) *mmfake.Post {
	a.t.Helper()
	found, ok := a.wait(1, conditions)
	if !ok || len(found) == 0 {
		return nil
	}
	return found[0]
}

// Ephemeral waits for a message that only that user is shown and that meets all of
// the conditions, and returns the oldest that does, or nil.
func (a *Assertions) Ephemeral(to *mmfake.Actor, conditions ...mmfake.PostMatch) *mmfake.Post {
	a.t.Helper()
	return a.Posted(append([]mmfake.PostMatch{mmfake.Ephemeral(to)}, conditions...)...)
}

// Posts waits until n posts meet all of the conditions, and returns them, oldest
// first. It fails where there are fewer in time, and where there are more once
// nothing is in flight.
func (a *Assertions) Posts(n int, conditions ...mmfake.PostMatch) []*mmfake.Post {
	a.t.Helper()
	switch {
	case n < 0:
		a.impossible("post", fmt.Errorf("there are never %d of them: give 0 or more", n))
		return nil
	case n == 0:
		a.NotPosted(conditions...)
		return nil
	}
	found, ok := a.wait(n, conditions)
	if !ok {
		return found
	}
	a.tryToSettle()
	if found = a.meeting(conditions); len(found) != n {
		a.fail(wants("wanted:  ", conditions)+"\n"+table("found:   ", found)+"\n"+a.lately(), "%s wanted, %d found.", count(n, "post"), len(found))
	}
	return found
}

// wait waits until n posts meet the conditions.
func (a *Assertions) wait(n int, conditions []mmfake.PostMatch) (found []*mmfake.Post, ok bool) {
	a.t.Helper()
	if _, err := a.mm.Candidates(conditions...); err != nil {
		a.impossible("post", err)
		return nil, false
	}
	waited, ok := a.await(func() bool {
		found = a.meeting(conditions)
		return len(found) >= n
	})
	switch {
	case ok:
	case n == 1:
		a.fail(a.aboutPosts(conditions), "No post meets what was wanted (%s).", waited)
	default:
		a.fail(a.aboutPosts(conditions), "%s wanted, %d found (%s).", count(n, "post"), len(found), waited)
	}
	return found, ok
}

// meeting returns the posts that meet sound conditions.
func (a *Assertions) meeting(conditions []mmfake.PostMatch) []*mmfake.Post {
	wanted := recorder.And(conditions...)
	return slices.DeleteFunc(a.candidates(conditions), func(p *mmfake.Post) bool { return !wanted.Meets(p) })
}

// candidates returns the posts that sound conditions are tried on.
func (a *Assertions) candidates(conditions []mmfake.PostMatch) []*mmfake.Post {
	posts, _ := a.mm.Candidates(conditions...)
	return posts
}

// NotPosted waits until nothing is in flight and looks whether there is a post that
// meets all of the conditions. It also fails where the server does not settle.
func (a *Assertions) NotPosted(conditions ...mmfake.PostMatch) bool {
	a.t.Helper()
	if _, err := a.mm.Candidates(conditions...); err != nil {
		a.impossible("post", err)
		return false
	}
	if !a.settled() {
		return false
	}
	found := a.meeting(conditions)
	if len(found) == 0 {
		return true
	}
	a.fail(wants("unwanted: ", conditions)+"\n"+table("found:    ", found)+"\n"+table("posts:    ", a.candidates(conditions))+"\n"+a.latelyAs("journal:  "), "There is a post that should not be there.")
	return false
}

// PostedInOrder waits for a post that meets the first condition, a later one that
// meets the second, and so on; there may be others between them. It returns them,
// or those that it found. recorder.And makes one condition of several.
func (a *Assertions) PostedInOrder(conditions ...mmfake.PostMatch) []*mmfake.Post {
	a.t.Helper()
	_, err := a.mm.Candidates(conditions...)
	if err == nil && len(conditions) == 0 {
		err = errors.New("no condition says which: give one for each post")
	}
	if err != nil {
		a.impossible("post", err)
		return nil
	}
	var found, rest []*mmfake.Post
	waited, ok := a.await(func() bool {
		found, rest = inOrder(a.candidates(conditions), conditions)
		return len(found) == len(conditions)
	})
	if !ok {
		missing := len(found)
		a.fail(table("found:   ", found)+"\n"+recorder.Explain(slices.Values(rest), conditions[missing])+"\n"+
			table("posts:   ", a.candidates(conditions))+"\n"+a.lately(),
			"Post %d of %d is missing, or not where it should be (%s).", missing+1, len(conditions), waited)
	}
	return found
}

// inOrder returns a post for each condition as long as there are, and those after
// the last of them.
func inOrder(posts []*mmfake.Post, conditions []mmfake.PostMatch) (found, rest []*mmfake.Post) {
	for _, condition := range conditions {
		i := slices.IndexFunc(posts, condition.Meets)
		if i < 0 {
			break
		}
		found, posts = append(found, posts[i]), posts[i+1:]
	}
	return found, posts
}

func (a *Assertions) aboutPosts(conditions []mmfake.PostMatch) string {
	posts := a.candidates(conditions)
	return fmt.Sprint(recorder.Explain(slices.Values(posts), conditions...), "\n", table("posts:   ", posts), "\n", a.lately())
}
