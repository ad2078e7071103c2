package world

// How the real server finds a post for somebody: it asks whether he has a permission
// in the post's channel before it asks whether the post is still there. Of a post that
// never was only those have it who have it in the whole system. So who lacks the
// permission is told that, and who has it that there is no such post (any more).

// livingPost is a post and its channel, nil where it is unknown or deleted.
func (w *World) livingPost(id string) (*post, *channel) {
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 {
		return nil, nil
	}
	return p, w.channels[p.ChannelID]
}

// postWith finds a living post for what needs a permission in its channel.
func (w *World) postWith(as *Session, id string, need Permission) (*post, *channel, error) {
	return w.livingIf(as, id, need, func(c *channel) bool { return w.mayInChannel(as, c, need) }, w.may(as, need))
}

// postToRead finds a living post whose channel the session's user may list.
func (w *World) postToRead(as *Session, id string) (*post, *channel, error) {
	return w.livingIf(as, id, ReadChannelContent, func(c *channel) bool { return w.mayReadAll(as, c) }, w.may(as, ReadChannelContent))
}

func (w *World) livingIf(as *Session, id string, need Permission, mayThere func(*channel) bool, mayAnywhere bool) (*post, *channel, error) {
	p := w.posts[id]
	switch {
	case p == nil && !mayAnywhere:
		return nil, nil, ErrPermission.With(need)
	case p != nil && !mayThere(w.channels[p.ChannelID]):
		return nil, nil, w.lacking(as, p.ChannelID, need)
	case p == nil || p.DeleteAt != 0:
		return nil, nil, errPostUnknown.With()
	}
	return p, w.channels[p.ChannelID], nil
}
