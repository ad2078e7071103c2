package mmfake

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A PostMatch is a condition on a post, which can say in words what is different
// about one that does not meet it. recorder.And, Or and Not combine them; one of
// a test's own needs Want and Miss.
type PostMatch = recorder.Condition[*Post]

// In is met by the posts of a channel.
func In(c *Channel) PostMatch {
	if c == nil {
		return never("in a channel", "mmfake.In needs a channel: mm.Channel makes one")
	}
	return PostMatch{
		Want: "in " + c.String(),
		Miss: func(p *Post) string {
			if p.ChannelID == c.ID {
				return ""
			}
			return "channel is ~" + p.Channel + ", wanted " + c.String()
		},
	}
}

// By is met by the posts of a user or bot. Posts of an incoming webhook are of
// the user who made it: mm.Admin, for those of Server.IncomingWebhook.
func By(a *Actor) PostMatch {
	if a == nil {
		return never("by somebody", "mmfake.By needs an actor: mm.User and mm.Bot make one")
	}
	return PostMatch{
		Want: "by " + a.String(),
		Miss: func(p *Post) string {
			if p.UserID == a.ID {
				return ""
			}
			return "author is @" + p.Author + ", wanted " + a.String()
		},
	}
}

// Text is met by posts with exactly that text.
func Text(text string) PostMatch {
	return PostMatch{
		Want: "text " + quote(text),
		Miss: func(p *Post) string {
			if p.Message == text {
				return ""
			}
			return "text is " + quote(p.Message) + ", wanted " + quote(text)
		},
	}
}

// Contains is met by posts whose text contains a part.
func Contains(part string) PostMatch {
	return PostMatch{
		Want: "text containing " + quote(part),
		Miss: func(p *Post) string {
			if strings.Contains(p.Message, part) {
				return ""
			}
			return "text is " + quote(p.Message) + ", wanted it to contain " + quote(part)
		},
	}
}

// Attachment is met by posts of which one attachment has all that want has. What
// want leaves at its zero value may be anything; its fields and actions are all of
// them, in order.
//
//	mmfake.Attachment(model.Attachment{Title: "Build 7", Color: "good"})
func Attachment(want model.Attachment) PostMatch {
	parts, err := nonZero(want)
	if err != nil {
		return never("an attachment", "mmfake.Attachment: "+err.Error())
	}
	condition := recorder.JSONSubset(parts)
	words := "an attachment with " + inJSON(parts)
	return PostMatch{Want: words, Err: condition.Err, Miss: func(p *Post) string {
		attachments := p.Attachments()
		var misses []string
		for i, a := range attachments {
			miss := condition.Miss(asExchange(a))
			if miss == "" {
				return ""
			}
			misses = append(misses, fmt.Sprintf("attachment %d: %s", i+1, strings.TrimPrefix(miss, "request JSON ")))
		}
		if len(attachments) == 0 {
			return "it has no attachment, wanted one with " + inJSON(parts)
		}
		return strings.Join(misses, "; ")
	}}
}

// asExchange wraps an attachment for recorder's conditions on JSON.
func asExchange(a *model.Attachment) *recorder.Exchange {
	return &recorder.Exchange{Request: recorder.Request{Message: recorder.Message{Body: []byte(inJSON(a))}}}
}

// nonZero returns the JSON of a value without the fields that say nothing.
func nonZero(v any) (any, error) {
	encoded, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(encoded, &tree); err != nil {
		return nil, err
	}
	return prune(tree), nil
}

func prune(tree any) any {
	switch tree := tree.(type) {
	case map[string]any:
		for key, value := range tree {
			switch value = prune(value); value {
			case nil, "", false, 0.0:
				delete(tree, key)
			default:
				tree[key] = value
			}
		}
	case []any:
		for i, value := range tree {
			tree[i] = prune(value)
		}
	}
	return tree
}

// inJSON is for words: what cannot be encoded is printed.
func inJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

func never(want, why string) PostMatch {
	return PostMatch{Want: want, Err: errors.New(why), Miss: func(*Post) string { return why }}
}

const longestQuote = 200 // characters of a text that a message shows

func quote(text string) string {
	if runes := []rune(text); len(runes) > longestQuote {
		return strconv.Quote(string(runes[:longestQuote])) + "…"
	}
	return strconv.Quote(text)
}
