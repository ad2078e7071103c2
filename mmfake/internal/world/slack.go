package world

import (
	"regexp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Slack's markup is translated in what integrations send (facts 6.5). The text of
// a webhook's post has links of one line only; attachments, commands and clicks
// are not so strict.

var (
	slackAnnouncements = strings.NewReplacer("<!channel>", "@channel", "<!here>", "@here", "<!all>", "@all")
	slackUser          = regexp.MustCompile(`<@([A-Za-z0-9]{26})>`)
	slackLink          = regexp.MustCompile(`<([^<|]+)\|([^>]+)>`)
	webhookLink        = regexp.MustCompile(`<([^\n<|>]+)\|([^\n|>]+)>`)
	oldWebhookLink     = regexp.MustCompile(`<([^\n<|>]+)\|([^\n>]+)>`)
)

const markdownLink = "[$2]($1)"

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

// webhookText translates the text of a webhook's post: announcements, the ids of
// users and labelled links.
func (w *World) webhookText(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	link := webhookLink
	if !w.version.Has(versions.HookLinksStrict) {
		link = oldWebhookLink
	}
	return link.ReplaceAllString(w.slackNames(text), markdownLink)
}

// slackLinks translates labelled links only.
func slackLinks(text string) string { return slackLink.ReplaceAllString(text, markdownLink) }

// slackAttachment is an attachment with its texts translated.
func (w *World) slackAttachment(a *model.Attachment) *model.Attachment {
	return linkedAttachment(a, w.slackNames)
}

// linkedAttachment is an attachment with its fields' values as text, its texts
// put through names and the links in them translated; titles have no links.
func linkedAttachment(a *model.Attachment, names func(string) string) *model.Attachment {
	c := *a
	c.Pretext, c.Text, c.Title = slackLinks(names(a.Pretext)), slackLinks(names(a.Text)), names(a.Title)
	c.Fields = nil
	for _, f := range a.Fields {
		if f != nil {
			next := *f
			next.Value = printed(f.Value)
			if text, ok := next.Value.(string); ok {
				next.Value = slackLinks(names(text))
			}
			c.Fields = append(c.Fields, &next)
		}
	}
	return &c
}

// untranslated is the names of linkedAttachment where Slack's are to be left alone.
func untranslated(text string) string { return text }
