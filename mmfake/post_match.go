package mmfake

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
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
		Want:  "in " + c.String(),
		About: []any{c},
		Miss: func(p *Post) string {
			if p.ChannelID == c.ID {
				return ""
			}
			return "channel is ~" + p.Channel + ", wanted " + c.String()
		},
	}
}

// By is met by the posts of a user or bot, and by those that a webhook or a command
// shows under that name. The author of what an incoming webhook posts is the user who
// made it: mm.Admin, for those of Server.IncomingWebhook.
func By(a *Actor) PostMatch {
	if a == nil {
		return never("by somebody", "mmfake.By needs an actor: mm.User and mm.Bot make one")
	}
	return PostMatch{
		Want:  "by " + a.String(),
		About: []any{a},
		Miss: func(p *Post) string {
			shown := p.shownAs()
			switch {
			case p.UserID == a.ID || strings.EqualFold(shown, a.Username):
				return ""
			case shown != "":
				return "author is @" + p.Author + ", shown as " + quote(shown) + ", wanted " + a.String()
			}
			return "author is @" + p.Author + ", wanted " + a.String()
		},
	}
}

// shownAs is the name that a webhook or command has given a post, "" for none.
func (p *Post) shownAs() string {
	if p.Props[model.PropFromWebhook] != "true" {
		return ""
	}
	name, _ := p.Props[model.PropOverrideUsername].(string)
	return name
}

// Text is met by posts with exactly that text.
func Text(text string) PostMatch {
	return PostMatch{
		Want: "text " + quote(text),
		Miss: func(p *Post) string {
			if p.Message == text {
				return ""
			}
			is, should := recorder.Excerpts(p.Message, text)
			return "text is " + strconv.Quote(is) + ", wanted " + strconv.Quote(should)
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

// Regexp is met by posts in whose text a regular expression (of package regexp)
// finds something. One that does not compile sets Err.
func Regexp(expression string) PostMatch {
	compiled, err := regexp.Compile(expression)
	if err != nil {
		return never("text matching /"+expression+"/", "mmfake.Regexp: "+err.Error())
	}
	return PostMatch{
		Want: "text matching /" + expression + "/",
		Miss: func(p *Post) string {
			if compiled.MatchString(p.Message) {
				return ""
			}
			return "text is " + quote(p.Message) + ", wanted one that matches /" + expression + "/"
		},
	}
}

// Mentions is met by posts whose text, or an attachment's, names a user or bot as
// @name outside of code. @channel and its like do not count.
func Mentions(who *Actor) PostMatch {
	if who == nil {
		return never("mentioning somebody", "mmfake.Mentions needs an actor: mm.User and mm.Bot make one")
	}
	return PostMatch{
		Want:  "mentioning " + who.String(),
		About: []any{who},
		Miss: func(p *Post) string {
			names := world.NamesIn(&p.Post)
			switch {
			case slices.Contains(names, who.Username):
				return ""
			case len(names) == 0:
				return "it mentions nobody, wanted " + who.String()
			}
			return "it mentions @" + strings.Join(names, ", @") + ", wanted " + who.String()
		},
	}
}

// InThread is met by the replies in the thread of a post: its first post, or one of
// its replies.
func InThread(of *Post) PostMatch {
	if of == nil {
		return never("in a thread", "mmfake.InThread needs a post: it is nil")
	}
	root := cmp.Or(of.RootID, of.ID)
	return PostMatch{
		Want:  "in the thread of " + of.String(),
		About: []any{of},
		Miss: func(p *Post) string {
			switch {
			case p.RootID == root:
				return ""
			case p.ID == root:
				return "it is the thread's first post, wanted a reply"
			case p.RootID == "":
				return "it is no reply, wanted one in the thread of " + of.String()
			}
			return "it is in another thread, wanted that of " + of.String()
		},
	}
}

// An onlyShown among what a condition is about lets messages that only one user was
// shown meet it.
type onlyShown struct{}

// Ephemeral is met by the messages that only that user was shown: by an
// integration, by the server, and by POST /posts/ephemeral. Without it conditions
// are tried on posts only.
func Ephemeral(to *Actor) PostMatch {
	if to == nil {
		return never("only for somebody", "mmfake.Ephemeral needs an actor: mm.User makes one")
	}
	return PostMatch{
		Want:  "only for " + to.String(),
		About: []any{to, onlyShown{}},
		Miss: func(p *Post) string {
			switch p.OnlyFor {
			case to.Username:
				return ""
			case "":
				return "everybody in the channel sees it, wanted one only for " + to.String()
			}
			return "only @" + p.OnlyFor + " sees it, wanted one for " + to.String()
		},
	}
}

// Button is met by posts with a button or menu of that label, or id.
func Button(name string) PostMatch {
	return PostMatch{
		Want: "a button " + quote(name),
		Miss: func(p *Post) string {
			all := p.actions()
			switch {
			case slices.ContainsFunc(all, func(a *model.Action) bool { return a.Name == name || a.ID == name }):
				return ""
			case len(all) == 0:
				return "it has no buttons, wanted " + quote(name)
			}
			return "it has " + listActions(all) + ", wanted " + quote(name)
		},
	}
}

// WithFile is met by posts with a file of that name.
func WithFile(name string) PostMatch {
	return PostMatch{
		Want: "a file " + quote(name),
		Miss: func(p *Post) string {
			var names []string
			if p.Metadata != nil {
				for _, f := range p.Metadata.Files {
					names = append(names, f.Name)
				}
			}
			switch {
			case slices.Contains(names, name):
				return ""
			case len(names) == 0:
				return "it has no files, wanted " + quote(name)
			}
			return "its files are " + strings.Join(names, ", ") + ", wanted " + quote(name)
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
