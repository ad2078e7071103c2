package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// A post is a post as the world keeps it. A world may hold a million of them, so
// what most have not stands apart: in rare, which plain posts share, and in more,
// which is made when it is first needed. No reader gets one: model and dress make
// copies. All guarded by World.mu.
type post struct {
	ID        string
	UserID    string
	ChannelID string
	Message   string
	CreateAt  int64
	UpdateAt  int64
	root      *post // nil for a root post
	*rare           // never nil; never changed, but replaced
	more      *hanging
}

// rare is what posts have beside a text.
type rare struct {
	EditAt, DeleteAt       int64
	IsPinned, HasReactions bool
	OriginalID             string
	Type                   string
	Hashtags               string
	Props                  model.Props
	FileIDs                []string // nil where a new post's files were all refused
	Priority               *model.PostPriority
	RemoteID               *string
}

// hanging is what others hang on a post.
type hanging struct {
	replies      timeline          // the living ones
	participants []string          // ids of their authors: see addReply
	follows      []*follow         // who follows the thread, or did
	history      []*post           // earlier versions, oldest first
	reactions    []*model.Reaction // in the order of their making; replaced, never changed
}

// emptyText is the remote_id of all posts made through the API.
var emptyText = new(string)

// plain is shared by the posts of people that are nothing but a text, plainOfBot by
// those of bots.
var (
	plain      = &rare{FileIDs: []string{}, RemoteID: emptyText}
	plainOfBot = &rare{FileIDs: []string{}, RemoteID: emptyText, Props: model.Props{model.PropFromBot: "true"}}
)

// rareOf takes from d what is not in every post.
func rareOf(d *model.Post) *rare {
	if d.EditAt == 0 && d.DeleteAt == 0 && !d.IsPinned && !d.HasReactions && d.OriginalID == "" && d.Type == "" && d.Hashtags == "" &&
		d.FileIDs != nil && len(d.FileIDs) == 0 && d.Metadata == nil && d.RemoteID != nil {
		switch {
		case len(d.Props) == 0:
			return plain
		case len(d.Props) == 1 && d.Props[model.PropFromBot] == "true":
			return plainOfBot
		}
	}
	r := &rare{
		EditAt: d.EditAt, DeleteAt: d.DeleteAt, IsPinned: d.IsPinned, HasReactions: d.HasReactions,
		OriginalID: d.OriginalID, Type: d.Type, Hashtags: d.Hashtags, Props: d.Props, FileIDs: d.FileIDs,
	}
	if d.RemoteID != nil {
		r.RemoteID = emptyText
	}
	if d.Metadata != nil {
		r.Priority = d.Metadata.Priority
	}
	return r
}

// newPost makes the record of a post in a channel.
func newPost(d *model.Post, c *channel, root *post) *post {
	return &post{
		ID: d.ID, UserID: d.UserID, ChannelID: c.ID, Message: d.Message,
		CreateAt: d.CreateAt, UpdateAt: d.UpdateAt, root: root, rare: rareOf(d),
	}
}

// model is the post as it was sent, with nothing that is computed on reading. Its
// props must not be changed where they are not empty.
func (p *post) model() *model.Post {
	d := new(model.Post)
	p.fill(d)
	return d
}

// fill is model into an empty post.
func (p *post) fill(d *model.Post) {
	*d = model.Post{
		ID: p.ID, CreateAt: p.CreateAt, UpdateAt: p.UpdateAt, EditAt: p.EditAt, DeleteAt: p.DeleteAt, IsPinned: p.IsPinned,
		UserID: p.UserID, ChannelID: p.ChannelID, OriginalID: p.OriginalID, Message: p.Message, Type: p.Type,
		Props: p.Props, Hashtags: p.Hashtags, FileIDs: p.FileIDs, HasReactions: p.HasReactions, RemoteID: p.RemoteID,
	}
	if len(d.Props) == 0 {
		d.Props = model.Props{}
	}
	d.RootID = p.rootID()
	if p.Priority != nil {
		d.Metadata = &model.PostMetadata{Priority: p.Priority}
	}
}

// change replaces what a post says by what f makes of it. The caller puts the
// change into the channel's log.
func (p *post) change(f func(*model.Post)) {
	d := p.model()
	f(d)
	p.set(d)
}

func (p *post) set(d *model.Post) {
	p.Message, p.UpdateAt, p.rare = d.Message, d.UpdateAt, rareOf(d)
}

// hang is what hangs on the post, made if need be.
func (p *post) hang() *hanging {
	if p.more == nil {
		p.more = &hanging{}
	}
	return p.more
}

// rootID is the id of the thread that a reply is in, "" for a root post.
func (p *post) rootID() string {
	if p.root == nil {
		return ""
	}
	return p.root.ID
}

// thread is the root post of the thread that the post is in.
func (p *post) thread() *post {
	if p.root != nil {
		return p.root
	}
	return p
}

// replies are the living replies to a root post, in order.
func (p *post) replies() timeline {
	if p.more == nil {
		return nil
	}
	return p.more.replies
}

// replyCount is the number of replies in the post's thread.
func (p *post) replyCount() int64 { return int64(len(p.thread().replies())) }

// isSystem reports whether the server wrote the post.
func (p *post) isSystem() bool { return model.IsSystemType(p.Type) }

// fromHook reports whether the post says that a webhook made it, or a command: whoever
// posts may say so.
func (p *post) fromHook() bool { return p.Props[model.PropFromWebhook] == "true" }
