package assertions

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// edited is met by posts whose text, files or attachments were changed.
var edited = mmfake.PostMatch{
	Want: "an edit",
	Miss: func(p *mmfake.Post) string {
		if p.EditAt != 0 {
			return ""
		}
		return "it was not edited since it was posted"
	},
}

// Updated waits until a post has been edited, by whomever and also before the call,
// and meets all of the conditions. It returns the post as it is then, or nil.
func (a *Assertions) Updated(p *mmfake.Post, conditions ...mmfake.PostMatch) *mmfake.Post {
	a.t.Helper()
	if _, err := a.mm.Candidates(conditions...); err != nil {
		a.impossible("post", err)
		return nil
	}
	conditions = append([]mmfake.PostMatch{edited}, conditions...)
	wanted := recorder.And(conditions...)
	var now *mmfake.Post
	var err error
	waited, ok := a.await(func() bool {
		now, err = a.mm.Current(p)
		return err != nil || now != nil && wanted.Meets(now)
	})
	switch {
	case err != nil:
		a.impossible("edit", err)
		return nil
	case ok:
		return now
	case now == nil:
		a.fail(wants("wanted:  ", conditions)+"\n"+a.lately(), "The post %s was deleted (%s).", p, waited)
	default:
		a.fail(recorder.Explain(slices.Values([]*mmfake.Post{now}), conditions...)+"\n"+a.lately(), "The post was not updated as was wanted (%s).", waited)
	}
	return nil
}

// Deleted waits until a post is deleted.
func (a *Assertions) Deleted(p *mmfake.Post) bool {
	a.t.Helper()
	var now *mmfake.Post
	var err error
	waited, ok := a.await(func() bool {
		now, err = a.mm.Current(p)
		return err != nil || now == nil
	})
	if err != nil {
		a.impossible("deletion", err)
		return false
	}
	if !ok {
		a.fail("wanted:  no such post\nnearest: "+now.String()+"\n         it is still there\n"+a.lately(), "The post was not deleted (%s).", waited)
	}
	return ok
}

// Reacted waits until a user or bot has put an emoji, whose name may stand between
// colons, on a post.
func (a *Assertions) Reacted(p *mmfake.Post, by *mmfake.Actor, emoji string) bool {
	a.t.Helper()
	_, err := a.mm.Candidates(mmfake.By(by))
	if err == nil && !emojiName.MatchString(strings.Trim(emoji, ":")) {
		err = fmt.Errorf("%q is no emoji's name: give one such as thumbsup, between colons or not", emoji)
	}
	if err != nil {
		a.impossible("reaction", err)
		return false
	}
	conditions := []recorder.Condition[mmfake.Reaction]{ofEmoji(strings.Trim(emoji, ":")), reactionBy(by)}
	wanted := recorder.And(conditions...)
	var there []mmfake.Reaction
	waited, ok := a.await(func() bool {
		there, err = a.mm.Reactions(p)
		return err != nil || slices.ContainsFunc(there, wanted.Meets)
	})
	if err != nil {
		a.impossible("reaction", err)
		return false
	}
	if !ok {
		a.fail("post:    "+p.String()+"\n"+recorder.Explain(slices.Values(there), conditions...)+"\n"+
			table("there:   ", there)+"\n"+a.lately(), "Nobody has reacted as was wanted (%s).", waited)
	}
	return ok
}

var emojiName = regexp.MustCompile(`^[a-zA-Z0-9_+-]+$`)

func ofEmoji(name string) recorder.Condition[mmfake.Reaction] {
	return recorder.Condition[mmfake.Reaction]{
		Want: "the emoji :" + name + ":",
		Miss: func(r mmfake.Reaction) string {
			if r.Emoji == name {
				return ""
			}
			return "emoji is :" + r.Emoji + ":, wanted :" + name + ":"
		},
	}
}

func reactionBy(who *mmfake.Actor) recorder.Condition[mmfake.Reaction] {
	return recorder.Condition[mmfake.Reaction]{
		Want: "by " + who.String(),
		Miss: func(r mmfake.Reaction) string {
			if r.By == who.Username {
				return ""
			}
			return "it is by @" + r.By + ", wanted " + who.String()
		},
	}
}
