package model

import (
	"encoding/json"
	"strconv"
)

// AppendJSON appends the post as [json.Marshal] encodes it, without reflection:
// posts are what a server writes most.
func (p *Post) AppendJSON(b []byte) ([]byte, error) {
	o := objectWriter{b: append(b, '{')}
	o.text("id", p.ID)
	o.number("create_at", p.CreateAt)
	o.number("update_at", p.UpdateAt)
	o.number("edit_at", p.EditAt)
	o.number("delete_at", p.DeleteAt)
	o.truth("is_pinned", p.IsPinned)
	o.text("user_id", p.UserID)
	o.text("channel_id", p.ChannelID)
	o.text("root_id", p.RootID)
	o.text("original_id", p.OriginalID)
	o.text("message", p.Message)
	if p.MessageSource != "" {
		o.text("message_source", p.MessageSource)
	}
	o.text("type", p.Type)
	o.props("props", p.Props)
	o.text("hashtags", p.Hashtags)
	o.value("file_ids", p.FileIDs, p.FileIDs != nil && len(p.FileIDs) == 0, "[]")
	o.text("pending_post_id", p.PendingPostID)
	if p.HasReactions {
		o.truth("has_reactions", p.HasReactions)
	}
	if p.RemoteID != nil {
		o.text("remote_id", *p.RemoteID)
	}
	o.number("reply_count", p.ReplyCount)
	o.number("last_reply_at", p.LastReplyAt)
	o.value("participants", p.Participants, p.Participants == nil, "null")
	if p.IsFollowing != nil {
		o.truth("is_following", *p.IsFollowing)
	}
	if p.Metadata != nil {
		o.value("metadata", p.Metadata, p.Metadata.isEmpty(), "{}")
	}
	return append(o.b, '}'), o.err
}

// isEmpty says whether nothing of the metadata is sent.
func (m *PostMetadata) isEmpty() bool {
	return len(m.Embeds) == 0 && len(m.Emojis) == 0 && len(m.Files) == 0 && len(m.Images) == 0 && len(m.Reactions) == 0 &&
		m.Priority == nil && len(m.Acknowledgements) == 0 && len(m.Translations) == 0 && m.ExpireAt == 0 && len(m.Recipients) == 0
}

// An objectWriter appends the members of a JSON object as encoding/json writes
// them.
type objectWriter struct {
	b   []byte
	err error
}

func (o *objectWriter) key(name string) {
	if o.b[len(o.b)-1] != '{' {
		o.b = append(o.b, ',')
	}
	o.b = append(o.b, '"')
	o.b = append(o.b, name...)
	o.b = append(o.b, '"', ':')
}

func (o *objectWriter) number(name string, n int64) {
	o.key(name)
	o.b = strconv.AppendInt(o.b, n, 10)
}

func (o *objectWriter) truth(name string, t bool) {
	o.key(name)
	o.b = strconv.AppendBool(o.b, t)
}

func (o *objectWriter) text(name, text string) {
	o.key(name)
	if !isPlain(text) {
		o.encode(text)
		return
	}
	o.b = append(o.b, '"')
	o.b = append(o.b, text...)
	o.b = append(o.b, '"')
}

// props appends free-form props. Most are none, or one text.
func (o *objectWriter) props(name string, p Props) {
	if len(p) == 1 {
		for key, value := range p {
			if text, ok := value.(string); ok && isPlain(key) {
				o.key(name)
				o.b = append(o.b, '{')
				o.text(key, text)
				o.b = append(o.b, '}')
				return
			}
		}
	}
	o.value(name, p, p != nil && len(p) == 0, "{}")
}

// value appends what encoding/json makes of v, which is known where plain is true.
func (o *objectWriter) value(name string, v any, plain bool, known string) {
	o.key(name)
	if plain {
		o.b = append(o.b, known...)
		return
	}
	o.encode(v)
}

func (o *objectWriter) encode(v any) {
	encoded, err := json.Marshal(v)
	if err != nil && o.err == nil {
		o.err = err
	}
	o.b = append(o.b, encoded...)
}

// isPlain says whether a text stands in JSON as it is.
func isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c >= 0x7f, c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		}
	}
	return true
}
