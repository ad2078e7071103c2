package model

import (
	"encoding/json"
	"maps"
	"slices"
)

// PostMetadata is what a client needs to show a post, worked out by the
// server. An empty one is sent as {}.
type PostMetadata struct {
	// Embeds holds at most one entry: the attachments, or the text's first link.
	Embeds []*PostEmbed `json:"embeds,omitempty"`
	// Emojis are the custom ones used in the text and the reactions.
	Emojis []*Emoji    `json:"emojis,omitempty"`
	Files  []*FileInfo `json:"files,omitempty"`
	// Images are the sizes of the images in the text, by URL.
	Images           map[string]*PostImage      `json:"images,omitempty"`
	Reactions        []*Reaction                `json:"reactions,omitempty"`
	Priority         *PostPriority              `json:"priority,omitempty"`
	Acknowledgements []*PostAcknowledgement     `json:"acknowledgements,omitempty"`
	Translations     map[string]json.RawMessage `json:"translations,omitempty"`
	// ExpireAt and Recipients belong to messages that burn on reading.
	ExpireAt   int64    `json:"expire_at,omitempty"`
	Recipients []string `json:"recipients,omitempty"`
}

// Kinds of embeds.
const (
	PostEmbedImage             = "image"
	PostEmbedMessageAttachment = "message_attachment"
	PostEmbedOpengraph         = "opengraph"
	PostEmbedLink              = "link"
	PostEmbedPermalink         = "permalink"
	PostEmbedBoards            = "boards"
)

// PostEmbed is what a client shows below the text of a post.
type PostEmbed struct {
	// Type is one of the PostEmbed constants.
	Type string `json:"type"`
	// URL is the link that is shown; Data is what the server knows about it.
	URL  string `json:"url,omitempty"`
	Data any    `json:"data,omitempty"`
}

// PreviewPost is the Data of a PostEmbedPermalink: another post of the server.
type PreviewPost struct {
	PostID string `json:"post_id"`
	Post   *Post  `json:"post"`
	// TeamName and ChannelDisplayName are empty for direct channels.
	TeamName           string `json:"team_name"`
	ChannelDisplayName string `json:"channel_display_name"`
	ChannelType        string `json:"channel_type"`
	ChannelID          string `json:"channel_id"`
}

// PostImage is the size of an image in pixels.
type PostImage struct {
	Width  int `json:"width"`
	Height int `json:"height"`
	// Format is png, gif, … FrameCount is 0 unless it is an animated gif.
	Format     string `json:"format"`
	FrameCount int    `json:"frame_count"`
}

// Priorities of a post.
const (
	PostPriorityImportant = "important"
	PostPriorityUrgent    = "urgent"
)

// PostPriority is the urgency that an author gives to a root post.
type PostPriority struct {
	// Priority is nil when the key was missing. RequestedAck and
	// PersistentNotifications are sent as null when not given.
	Priority                *string `json:"priority"`
	RequestedAck            *bool   `json:"requested_ack"`
	PersistentNotifications *bool   `json:"persistent_notifications"`
	// PostID and ChannelID are empty in the answer and event of the creation
	// and set, under these very keys, on later reads.
	PostID    string `json:"PostId,omitempty"`
	ChannelID string `json:"ChannelId,omitempty"`
}

// PostAcknowledgement is a user's confirmation that he has read a post.
type PostAcknowledgement struct {
	UserID         string  `json:"user_id"`
	PostID         string  `json:"post_id"`
	AcknowledgedAt int64   `json:"acknowledged_at"`
	ChannelID      string  `json:"channel_id"`
	RemoteID       *string `json:"remote_id"`
}

// Clone returns a copy with lists of its own, whose entries are shared.
func (m *PostMetadata) Clone() *PostMetadata {
	c := clone(m)
	if c == nil {
		return nil
	}
	c.Embeds = slices.Clone(m.Embeds)
	c.Emojis = slices.Clone(m.Emojis)
	c.Files = slices.Clone(m.Files)
	c.Images = maps.Clone(m.Images)
	c.Reactions = slices.Clone(m.Reactions)
	c.Priority = clone(m.Priority)
	c.Acknowledgements = slices.Clone(m.Acknowledgements)
	c.Translations = maps.Clone(m.Translations)
	c.Recipients = slices.Clone(m.Recipients)
	return c
}
