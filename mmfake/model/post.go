package model

import (
	"maps"
	"slices"
)

// Props is the free-form object that a post carries. Servers and clients give
// some of its keys a meaning, see the Prop constants.
type Props map[string]any

// Post is a message in a channel.
//
// Decoded, a key that was missing or null shows as a nil Props, FileIDs or
// Metadata; {} and [] do not. Sent, a stored post has Props {} and FileIDs [].
// FileIDs is null on ephemeral posts, and in the answer to a new post whose
// files were all refused.
type Post struct {
	ID string `json:"id"`
	// UpdateAt also moves when a reply comes or goes. EditAt is 0 until the
	// text, files or attachments change for the first time. An ephemeral post
	// has UpdateAt 0.
	CreateAt int64 `json:"create_at"`
	UpdateAt int64 `json:"update_at"`
	EditAt   int64 `json:"edit_at"`
	DeleteAt int64 `json:"delete_at"`
	IsPinned bool  `json:"is_pinned"`
	// UserID is the author. RootID is the first post of the thread, empty
	// when this is a root post. OriginalID is set on old versions of an edited
	// post and names the post.
	UserID     string `json:"user_id"`
	ChannelID  string `json:"channel_id"`
	RootID     string `json:"root_id" also:"parent_id 5.36"`
	OriginalID string `json:"original_id"`
	// Message is Markdown. MessageSource is the text before an image proxy
	// rewrote it.
	Message       string `json:"message"`
	MessageSource string `json:"message_source,omitempty"`
	// Type is one of the PostType constants or begins with PostTypeCustom.
	Type  string `json:"type"`
	Props Props  `json:"props"`
	// Hashtags lists the hashtags of the text, separated by blanks.
	Hashtags string   `json:"hashtags"`
	FileIDs  []string `json:"file_ids" filled:"10.5"`
	// PendingPostID is the client's name for the post while it is being
	// created. It is sent back once, and in the posted event.
	PendingPostID string `json:"pending_post_id"`
	HasReactions  bool   `json:"has_reactions,omitempty"`
	// RemoteID is "" on posts made through the API and absent on posts made
	// by webhooks, commands and the server.
	RemoteID *string `json:"remote_id,omitempty" since:"6.0"`
	// ReplyCount and LastReplyAt describe the thread. Participants is null
	// and IsFollowing absent outside collapsed threads.
	ReplyCount   int64         `json:"reply_count" since:"5.22"`
	LastReplyAt  int64         `json:"last_reply_at" since:"5.32"`
	Participants []*User       `json:"participants" since:"5.32"`
	IsFollowing  *bool         `json:"is_following,omitempty" since:"5.35" unset:"5.36"`
	Metadata     *PostMetadata `json:"metadata,omitempty" since:"5.6"`
}

// PostPatch is the body of PUT /posts/{id}/patch: what is nil stays.
type PostPatch struct {
	IsPinned     *bool     `json:"is_pinned"`
	Message      *string   `json:"message"`
	Props        *Props    `json:"props"`
	FileIDs      *[]string `json:"file_ids"`
	HasReactions *bool     `json:"has_reactions"`
}

// PostEphemeral is the body of POST /posts/ephemeral: a post that only UserID
// sees, and that is not stored.
type PostEphemeral struct {
	UserID string `json:"user_id"`
	Post   *Post  `json:"post"`
}

// PostInfo tells where a post stands, the answer of GET /posts/{id}/info.
type PostInfo struct {
	ChannelID          string `json:"channel_id"`
	ChannelType        string `json:"channel_type"`
	ChannelDisplayName string `json:"channel_display_name"`
	HasJoinedChannel   bool   `json:"has_joined_channel"`
	TeamID             string `json:"team_id"`
	TeamType           string `json:"team_type"`
	TeamDisplayName    string `json:"team_display_name"`
	HasJoinedTeam      bool   `json:"has_joined_team"`
}

// IsSystem reports whether the server wrote the post. Ephemeral posts count.
func (p *Post) IsSystem() bool { return IsSystemType(p.Type) }

// Attachments returns the attachments in the props, see AttachmentsFrom.
func (p *Post) Attachments() []*Attachment { return AttachmentsFrom(p.Props[PropAttachments]) }

// Clone returns a copy with lists, props and metadata of its own. What stands
// below those (a value in the props, a reaction of the metadata) is shared.
func (p *Post) Clone() *Post {
	c := clone(p)
	if c == nil {
		return nil
	}
	c.Props = maps.Clone(p.Props)
	c.FileIDs = slices.Clone(p.FileIDs)
	c.Participants = slices.Clone(p.Participants)
	c.RemoteID = clone(p.RemoteID)
	c.IsFollowing = clone(p.IsFollowing)
	c.Metadata = p.Metadata.Clone()
	return c
}
