package world

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var emojiInText = regexp.MustCompile(`:[a-zA-Z0-9_+-]+:`)

// emojisOf returns the custom emoji that a post uses in its text, attachments and
// reactions, by name; nil where there is none.
func (w *World) emojisOf(d *model.Post) []*model.Emoji {
	if len(w.emojis.byName) == 0 {
		return nil
	}
	found := map[string]*model.Emoji{}
	note := func(name string) {
		if e := w.emojis.byName[strings.Trim(name, ":")]; e != nil {
			found[e.Name] = e.Emoji
		}
	}
	for _, text := range textsOf(d) {
		for rest := text; ; {
			at := emojiInText.FindStringIndex(rest)
			if at == nil {
				break
			}
			note(rest[at[0]:at[1]])
			rest = rest[at[1]-1:] // the colon may begin the next
		}
	}
	for _, r := range d.Metadata.Reactions {
		note(r.EmojiName)
	}
	if len(found) == 0 {
		return nil
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *model.Emoji) int { return strings.Compare(a.Name, b.Name) })
}

// textsOf are the texts of a post that are shown with emoji in them.
func textsOf(d *model.Post) []string {
	texts := []string{d.Message}
	list, _ := d.Props[model.PropAttachments].([]*model.Attachment)
	for _, a := range list {
		texts = append(texts, a.Pretext, a.Title, a.Text)
		for _, field := range a.Fields {
			if value, ok := field.Value.(string); ok {
				texts = append(texts, value)
			}
		}
	}
	return texts
}

// showIcon computes the address of the picture of a post whose icon is an emoji
// (facts 6.4).
func (w *World) showIcon(d *model.Post) {
	name, _ := d.Props[model.PropOverrideIconEmoji].(string)
	name = strings.ReplaceAll(name, ":", "")
	if name == "" || !w.config.EnablePostIconOverride || !w.version.Has(versions.HookIconEmoji) {
		return
	}
	address := ""
	if code := systemEmojiCode(name); code != "" {
		address = "/static/emoji/" + code + ".png"
	} else if e := w.emojis.byName[name]; e != nil {
		address = "/api/v4/emoji/" + e.ID + "/image"
	} else {
		return
	}
	d.Props = withProp(d.Props, model.PropOverrideIconURL, address)
}
