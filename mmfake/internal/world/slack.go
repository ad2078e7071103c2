package world

import (
	"regexp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Slack's markup is translated in what integrations send (facts 6.5).

var (
	slackAnnouncements = strings.NewReplacer("<!channel>", "@channel", "<!here>", "@here", "<!all>", "@all")
	slackUser          = regexp.MustCompile(`<@([A-Za-z0-9]{26})>`)
	slackLink          = regexp.MustCompile(`<([^\n<|>]+)\|([^\n|>]+)>`)
)

// slackNames translates announcements and the ids of users.
func (w *World) slackNames(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	text = slackAnnouncements.Replace(text)
	return slackUser.ReplaceAllStringFunc(text, func(m string) string {
		if u := w.users[m[2:len(m)-1]]; u != nil {
			return "@" + u.Username
		}
		return m
	})
}

// slackText translates announcements, the ids of users and labelled links.
func (w *World) slackText(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	return slackLinks(w.slackNames(text))
}

// slackLinks translates labelled links only.
func slackLinks(text string) string { return slackLink.ReplaceAllString(text, "[$2]($1)") }

// slackAttachment is an attachment with its texts translated; titles have no links.
func (w *World) slackAttachment(a *model.Attachment) *model.Attachment {
	c := printedAttachment(a)
	c.Pretext, c.Text, c.Title = w.slackText(a.Pretext), w.slackText(a.Text), w.slackNames(a.Title)
	for _, f := range c.Fields {
		if text, ok := f.Value.(string); ok {
			f.Value = w.slackText(text)
		}
	}
	return c
}

// printedAttachment is an attachment with its fields' values as text.
func printedAttachment(a *model.Attachment) *model.Attachment {
	c := *a
	c.Fields = nil
	for _, f := range a.Fields {
		if f != nil {
			next := *f
			next.Value = printed(f.Value)
			c.Fields = append(c.Fields, &next)
		}
	}
	return &c
}
