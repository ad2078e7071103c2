package world

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	longestMessage  = 16383 // characters
	longestPostType = 26    // characters that the real server's database takes
)

// PostOptions are the circumstances of a new post.
type PostOptions struct {
	KeepStatus bool   // do not set the author online
	ParentID   string // what old clients send beside the root's id
}

// CreatePost makes a post in the name of the session's user (facts 4.2).
func (w *World) CreatePost(as *Session, in *model.Post, options PostOptions) (*model.Post, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[in.ChannelID]
	if in.Metadata != nil && !w.version.Has(versions.Priorities) {
		in = in.Clone()
		in.Metadata.Priority = nil
	}
	if err := w.mayCreatePost(as, c, in); err != nil {
		return nil, err
	}
	draft := w.draft(as, in)
	remembers := in.PendingPostID != "" && w.version.Has(versions.PendingRemembered)
	if remembers {
		if again, err := w.sentBefore(as, in.PendingPostID); again != nil || err != nil {
			if again != nil {
				w.wroteAgain(as, c, in, options)
			}
			return again, err
		}
	}
	if err := w.checkPostIDs(in, options.ParentID); err != nil {
		return nil, err
	}
	p, err := w.addPost(c, &draft, authorship{user: as.user, sent: in, setOnline: !options.KeepStatus, typed: true, fires: true})
	if err != nil {
		return nil, err
	}
	if remembers {
		w.pending.keep(in.PendingPostID, p, w.clock.now())
	}
	if !options.KeepStatus {
		w.cameOnline(as.user, false)
	}
	made := w.dressNew(p, in)
	w.showTo(as, made)
	return made, nil
}

// integrationProps are the props that only integrations set on a hardened server
// (facts 4.2).
var integrationProps = []string{
	model.PropFromWebhook, model.PropOverrideUsername, model.PropOverrideIconURL, model.PropOverrideIconEmoji, model.PropWebhookDisplayName,
}

// mayCreatePost makes the checks that need no more than the request's fields and
// the channel.
func (w *World) mayCreatePost(as *Session, c *channel, in *model.Post) error {
	if !w.mayInChannel(as, c, CreatePost) && !(c != nil && c.Type == model.ChannelOpen && w.mayInChannel(as, c, CreatePostPublic)) {
		return w.lacking(as, in.ChannelID, CreatePost)
	}
	if len(in.FileIDs) > 0 && !w.mayInChannel(as, c, UploadFile) {
		return w.lacking(as, in.ChannelID, UploadFile)
	}
	if w.config.EnableHardenedMode && !as.integration() && slices.ContainsFunc(integrationProps, func(key string) bool { return in.Props[key] != nil }) {
		return ErrBodyParam.With("props: some of them are for integrations only")
	}
	if err := w.checkPriority(in); err != nil {
		return err
	}
	if in.IsSystem() {
		return errParam.With("post.type")
	}
	if c.DeleteAt != 0 {
		return errPostArchived.With()
	}
	return nil
}

// checkPriority says why a new post may not have the priority that it comes with.
func (w *World) checkPriority(in *model.Post) error {
	if in.Metadata == nil || in.Metadata.Priority == nil {
		return nil
	}
	switch p := in.Metadata.Priority; {
	case !w.config.PostPriority:
		return errPriorityOff.With()
	case in.RootID != "":
		return errPriorityReply.With()
	case p.RequestedAck != nil && *p.RequestedAck || p.PersistentNotifications != nil && *p.PersistentNotifications:
		return errPriorityLicence.With()
	}
	return nil
}

// draft takes from in what a client may decide about a new post.
func (w *World) draft(as *Session, in *model.Post) model.Post {
	d := model.Post{
		UserID: as.UserID, ChannelID: in.ChannelID, RootID: in.RootID, Message: in.Message, Type: in.Type,
		FileIDs: in.FileIDs, IsPinned: in.IsPinned, HasReactions: in.HasReactions, RemoteID: emptyText, EditAt: in.EditAt,
	}
	if in.Metadata != nil && in.Metadata.Priority != nil {
		d.Metadata = &model.PostMetadata{Priority: in.Metadata.Priority}
	}
	if w.may(as, ManageSystem) {
		d.CreateAt = in.CreateAt
	}
	marked := as.user.bot != nil && w.version.Has(versions.BotPostsMarked)
	if len(in.Props) == 0 && marked {
		d.Props = plainOfBot.Props
		return d
	}
	d.Props = in.Props
	if marked {
		d.Props = withProp(d.Props, model.PropFromBot, "true")
	}
	return d
}

// An authorship tells addPost who makes a post, and how.
type authorship struct {
	user      *user
	sent      *model.Post // by the client, nil where it is the server's
	setOnline bool
	typed     bool // written in the channel by the author, who has seen it by that
	fires     bool // outgoing webhooks may listen to it
}

// addPost validates a draft, stores it and publishes it. The draft is the world's
// from here on; its props are not changed, for posts that are alike share them.
func (w *World) addPost(c *channel, d *model.Post, by authorship) (*post, error) {
	root, err := w.rootFor(d)
	if err != nil {
		return nil, err
	}
	if err := w.finish(c, d); err != nil {
		return nil, err
	}
	d.ID = w.newIDOf("post", d.ChannelID, d.UserID)
	if d.CreateAt == 0 {
		d.CreateAt = w.clock.tick()
	}
	d.UpdateAt = d.CreateAt
	w.attachFiles(d)
	p := newPost(d, c, root)
	w.storePost(c, p)
	w.afterPost(c, p, by)
	return p, nil
}

// finish computes what follows from a draft's text and props, and says what is
// wrong with it. Where the props are to be others it replaces them: some are the
// server's alone, whoever posts or edits.
func (w *World) finish(c *channel, d *model.Post) error {
	if utf8.RuneCountInString(d.Message) > longestMessage {
		return errPostLength.With()
	}
	if !validPostType(d.Type) || d.Type == model.PostTypeMe && !w.version.Has(versions.TypeMe) {
		return errPostType.With()
	}
	if utf8.RuneCountInString(d.Type) > longestPostType {
		return errPostSave.With(longestPostType)
	}
	d.FileIDs = w.tidyFileIDs(d.FileIDs)
	if n := len(d.FileIDs); n > 0 && n > w.mostFiles() {
		return errPostFiles.With()
	}
	d.Props = w.reshapeAttachments(withoutProps(d.Props, model.PropAddChannelMember, model.PropForceNotification))
	w.noteChannelMentions(c, d)
	w.notePreview(d)
	d.Hashtags = hashtags(d.Message)
	if !fits(d.Props, w.longestProps()) {
		return errPostProps.With()
	}
	return nil
}

// longestProps is how many characters the JSON of a post's props may have.
func (w *World) longestProps() int {
	if w.version.Has(versions.LargeProps) {
		return 800_000
	}
	return 8_000
}

// mostFiles is how many files a post may have.
func (w *World) mostFiles() int {
	if w.version.Has(versions.TenFiles) {
		return 10
	}
	return 5
}

// tidyFileIDs removes what stands twice and sorts, as the real server does. Those
// that check nothing of them do not sort either.
func (w *World) tidyFileIDs(ids []string) []string {
	if len(ids) == 0 {
		return []string{}
	}
	if !w.version.Has(versions.FilesChecked) {
		var once []string
		for _, id := range ids {
			if !slices.Contains(once, id) {
				once = append(once, id)
			}
		}
		return once
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func validPostType(t string) bool {
	switch {
	case t == model.PostTypeDefault, t == model.PostTypeSlackAttachment, t == model.PostTypeMe, t == model.PostTypeReminder,
		t == model.PostTypeAddBot, t == model.PostTypeBurnOnRead:
		return true
	}
	return strings.HasPrefix(t, model.PostTypeCustom) || strings.HasPrefix(t, model.PostTypeSystemPrefix)
}

// reshapeAttachments returns props with attachments, if they have any, in the shape
// that the server knows: unknown keys vanish, missing ones appear, and actions get ids.
func (w *World) reshapeAttachments(props model.Props) model.Props {
	shaped := w.shapeAttachments(props)
	list, _ := shaped[model.PropAttachments].([]*model.Attachment)
	for i, a := range list {
		if len(a.Actions) > 0 {
			list[i] = w.withActionIDs(a)
		}
	}
	return shaped
}

// shapeAttachments does that but for the ids. The list in the props is nobody else's.
func (w *World) shapeAttachments(props model.Props) model.Props {
	raw, ok := props[model.PropAttachments]
	if !ok {
		return props
	}
	if list := model.AttachmentsFrom(w.decodable(raw)); list != nil {
		return withProp(props, model.PropAttachments, list)
	}
	return withProp(props, model.PropAttachments, nil)
}

// withActionIDs gives an attachment's actions the ids that they lack, and notes
// those that nobody can click.
func (w *World) withActionIDs(a *model.Attachment) *model.Attachment {
	next := *a
	next.Actions = make([]*model.Action, len(a.Actions))
	for i, action := range a.Actions {
		c := *action
		if c.ID == "" {
			c.ID = w.NewID()
		}
		if c.Integration != nil && !w.RoutesAction(c.ID) {
			w.noteUnroutable(c.Name, c.ID)
		}
		next.Actions[i] = &c
	}
	return &next
}

// storePost puts a new post into its channel and thread.
func (w *World) storePost(c *channel, p *post) {
	put(&w.posts, p.ID, p)
	c.posts.add(p)
	w.search.add(p)
	if p.root != nil {
		p.root.hang().addReply(p, w.version.Has(versions.LastToReplyLast))
		p.root.UpdateAt = max(p.root.UpdateAt, p.UpdateAt)
		c.posts.note(p.root)
	}
	c.LastPostAt = max(c.LastPostAt, p.CreateAt)
	counted := !uncounted(p.Type)
	if counted {
		c.TotalMsgCount++
	}
	if p.root == nil {
		c.LastRootPostAt = max(c.LastRootPostAt, p.CreateAt)
		if counted {
			c.TotalMsgCountRoot++
		}
	}
}

// uncounted says whether posts of a type leave the channel's count of messages
// alone: those about joining and leaving.
func uncounted(t string) bool {
	switch t {
	case model.PostTypeJoinLeave, model.PostTypeAddRemove, model.PostTypeJoinChannel, model.PostTypeLeaveChannel,
		model.PostTypeJoinTeam, model.PostTypeLeaveTeam, model.PostTypeAddToChannel, model.PostTypeRemoveFromChannel,
		model.PostTypeAddToTeam, model.PostTypeRemoveFromTeam:
		return true
	}
	return false
}

// afterPost does what follows from a post: unread counts, the event, and that
// its author has seen the channel. In an archived channel only the server and
// integrations post, and nobody hears of it.
func (w *World) afterPost(c *channel, p *post, by authorship) {
	if c.DeleteAt != 0 && w.version.Has(versions.ArchivedSilent) {
		if by.fires {
			w.fireHooks(c, p, by.user)
		}
		return
	}
	mentioned := w.mentioned(c, p)
	for _, id := range mentioned {
		c.members[id].noteMention(p)
	}
	w.tellPosted(c, p, by, mentioned)
	if by.fires {
		w.fireHooks(c, p, by.user)
	}
	w.hint(c, p, by.user)
	if p.root != nil {
		w.followThread(c, p, mentioned)
		if w.version.Has(versions.ThreadsCollapsed) {
			return // who replies has seen the thread, not the channel
		}
	}
	if by.typed && p.Props[model.PropFromBot] == nil && p.Props[model.PropFromWebhook] == nil && !p.isSystem() {
		w.authorSaw(c, by.user, p)
	}
}

// authorSaw marks a channel as read by the author of its newest post, and tells him.
func (w *World) authorSaw(c *channel, author *user, p *post) {
	m := c.members[author.ID]
	if m == nil {
		return
	}
	w.sawChannel(c, m, p.CreateAt)
	if w.heard() {
		w.tellViewed(author.ID, map[string]int64{c.ID: p.CreateAt})
	}
}

// sawChannel marks all of a channel as read by a member; nil is nobody.
func (w *World) sawChannel(c *channel, m *member, at int64) {
	if m == nil {
		return
	}
	m.LastViewedAt, m.LastUpdateAt = at, at
	m.MsgCount, m.MsgCountRoot = c.TotalMsgCount, c.TotalMsgCountRoot
	m.MentionCount, m.MentionCountRoot, m.UrgentMentionCount = 0, 0, 0
}

// systemPost makes one of the server's own posts, save where it is longer than a post may
// be: what it tells of has happened all the same.
func (w *World) systemPost(c *channel, author *user, kind, text string, props model.Props) {
	w.systemReply(c, author, "", kind, text, props)
}

// systemReply is systemPost for a reply to the root post with the id rootID, which
// is "" or that of a living root post of the channel.
func (w *World) systemReply(c *channel, author *user, rootID, kind, text string, props model.Props) {
	_, _ = w.addPost(c, &model.Post{UserID: author.ID, ChannelID: c.ID, RootID: rootID, Type: kind, Message: text, Props: w.marked(props, author)},
		authorship{user: author, setOnline: true})
}
