package model

import (
	"encoding/json"
	"strconv"
)

// AppendJSON appends the post as [json.Marshal] encodes it, without reflection:
// posts are what a server writes most.
func (p *Post) AppendJSON(b []byte) ([]byte, error) {
	b = appendText(append(b, `{"id":`...), p.ID)
	b = strconv.AppendInt(append(b, `,"create_at":`...), p.CreateAt, 10)
	b = strconv.AppendInt(append(b, `,"update_at":`...), p.UpdateAt, 10)
	b = strconv.AppendInt(append(b, `,"edit_at":`...), p.EditAt, 10)
	b = strconv.AppendInt(append(b, `,"delete_at":`...), p.DeleteAt, 10)
	b = strconv.AppendBool(append(b, `,"is_pinned":`...), p.IsPinned)
	b = appendText(append(b, `,"user_id":`...), p.UserID)
	b = appendText(append(b, `,"channel_id":`...), p.ChannelID)
	b = appendText(append(b, `,"root_id":`...), p.RootID)
	b = appendText(append(b, `,"original_id":`...), p.OriginalID)
	b = appendText(append(b, `,"message":`...), p.Message)
	if p.MessageSource != "" {
		b = appendText(append(b, `,"message_source":`...), p.MessageSource)
	}
	b = appendText(append(b, `,"type":`...), p.Type)
	b, err := p.Props.appendJSON(append(b, `,"props":`...))
	b = appendText(append(b, `,"hashtags":`...), p.Hashtags)
	b = appendTexts(append(b, `,"file_ids":`...), p.FileIDs)
	b = appendText(append(b, `,"pending_post_id":`...), p.PendingPostID)
	if p.HasReactions {
		b = append(b, `,"has_reactions":true`...)
	}
	if p.RemoteID != nil {
		b = appendText(append(b, `,"remote_id":`...), *p.RemoteID)
	}
	b = strconv.AppendInt(append(b, `,"reply_count":`...), p.ReplyCount, 10)
	b = strconv.AppendInt(append(b, `,"last_reply_at":`...), p.LastReplyAt, 10)
	b = append(b, `,"participants":`...)
	if p.Participants == nil {
		b = append(b, "null"...)
	} else {
		b, err = appendValue(b, p.Participants, err)
	}
	if p.IsFollowing != nil {
		b = strconv.AppendBool(append(b, `,"is_following":`...), *p.IsFollowing)
	}
	if p.Metadata != nil {
		b = append(b, `,"metadata":`...)
		if p.Metadata.isEmpty() {
			b = append(b, "{}"...)
		} else {
			b, err = appendValue(b, p.Metadata, err)
		}
	}
	return append(b, '}'), err
}

// isEmpty says whether nothing of the metadata is sent.
func (m *PostMetadata) isEmpty() bool {
	return len(m.Embeds) == 0 && len(m.Emojis) == 0 && len(m.Files) == 0 && len(m.Images) == 0 && len(m.Reactions) == 0 &&
		m.Priority == nil && len(m.Acknowledgements) == 0 && len(m.Translations) == 0 && m.ExpireAt == 0 && len(m.Recipients) == 0
}

// appendJSON appends props. Most are none, or one text.
func (p Props) appendJSON(b []byte) ([]byte, error) {
	if len(p) == 1 {
		for key, value := range p {
			if text, ok := value.(string); ok {
				b = append(appendText(append(b, '{'), key), ':')
				return append(appendText(b, text), '}'), nil
			}
		}
	}
	if p != nil && len(p) == 0 {
		return append(b, "{}"...), nil
	}
	return appendValue(b, p, nil)
}

// appendTexts appends a list of texts.
func appendTexts(b []byte, list []string) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, text := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, text)
	}
	return append(b, ']')
}

// appendText appends a text as encoding/json writes it.
func appendText(b []byte, text string) []byte {
	if !isPlain(text) {
		b, _ = appendValue(b, text, nil) // a text always encodes
		return b
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

// appendValue appends what encoding/json makes of a value, unless there was an error
// before.
func appendValue(b []byte, v any, before error) ([]byte, error) {
	if before != nil {
		return b, before
	}
	encoded, err := json.Marshal(v)
	return append(b, encoded...), err
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
