package world

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const pendingLife = 30_000 // milliseconds that a pending_post_id is remembered

// sentBefore returns the post that was made of a pending_post_id lately, without
// metadata (recorded from 11.6.0), nil where there is none. Whose it is does not count,
// only whether the session's user may read it: of what he may not he learns nothing.
func (w *World) sentBefore(as *Session, pendingID string) (*model.Post, error) {
	first := w.pending.look(pendingID, w.clock.now())
	switch {
	case first == nil:
		return nil, nil
	case first.DeleteAt != 0:
		return nil, errPendingGone.With()
	case !w.mayRead(as, w.channels[first.ChannelID]):
		return nil, nil
	}
	again := first.model()
	again.ReplyCount = first.replyCount()
	return again, nil
}

// wroteAgain does what follows from a post that made no new one: its sender is there,
// and has seen the channel that he wrote in, as with a new one.
func (w *World) wroteAgain(as *Session, c *channel, in *model.Post, options PostOptions) {
	ofThread := in.RootID != "" && w.version.Has(versions.ThreadsCollapsed)
	if !ofThread && in.Props[model.PropFromBot] == nil && in.Props[model.PropFromWebhook] == nil && c.members[as.UserID] != nil {
		_, _ = w.viewed(as.user, []string{c.ID}, c.ID, true) // fails only where there is no such channel
	}
	if !options.KeepStatus {
		w.cameOnline(as.user, false)
	}
}

// pendingPosts remembers for half a minute which post came of a pending_post_id,
// so that a client that sends it twice makes one post. It forgets as it goes.
type pendingPosts struct {
	made  map[string]pendingPost
	order []string
}

type pendingPost struct {
	post  *post
	until int64
}

// look finds the post of a pending id, nil where there is none.
func (p *pendingPosts) look(key string, now int64) *post {
	if found, ok := p.made[key]; ok && now < found.until {
		return found.post
	}
	return nil
}

func (p *pendingPosts) keep(key string, made *post, now int64) {
	for len(p.order) > 0 && p.made[p.order[0]].until <= now {
		delete(p.made, p.order[0])
		p.order = p.order[1:]
	}
	if p.made == nil {
		p.made = map[string]pendingPost{}
	}
	if _, again := p.made[key]; !again {
		p.order = append(p.order, key)
	}
	p.made[key] = pendingPost{made, now + pendingLife}
}
