package rest

import (
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Most posts and webhook messages are objects of a few texts. Reading those without
// reflection makes for a fifth less work in a request; what is anything else is left
// to encoding/json, by whose rules all bodies are read.

// plainTexts reads an object all of whose values are texts, and returns whether it is
// one. set takes each of them, and says whether it knows the key, as it is written: an
// object with another key is not plain.
func plainTexts(body []byte, set func(key, text string) bool) bool {
	if !gjson.ValidBytes(body) {
		return false
	}
	object := gjson.ParseBytes(body)
	plain := object.IsObject()
	object.ForEach(func(key, value gjson.Result) bool {
		plain = plain && value.Type == gjson.String && !strings.Contains(value.Raw, `\u`) && utf8.ValidString(value.Str) &&
			set(key.Str, value.Str)
		return plain
	})
	return plain
}

// plainPost reads a new post of nothing but texts.
func plainPost(body []byte) (p model.Post, plain bool) {
	plain = plainTexts(body, func(key, text string) bool {
		switch key {
		case "channel_id":
			p.ChannelID = text
		case "message":
			p.Message = text
		case "root_id":
			p.RootID = text
		case "pending_post_id":
			p.PendingPostID = text
		case "type":
			p.Type = text
		default:
			return false
		}
		return true
	})
	return p, plain
}

// plainHook reads a webhook's message of nothing but texts.
func plainHook(body []byte) (in model.IncomingWebhookRequest, plain bool) {
	plain = plainTexts(body, func(key, text string) bool {
		switch key {
		case "text":
			in.Text = text
		case "username":
			in.Username = text
		case "icon_url":
			in.IconURL = text
		case "icon_emoji":
			in.IconEmoji = text
		case "channel":
			in.ChannelName = text
		default:
			return false
		}
		return true
	})
	return in, plain
}
