package world

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelMention = regexp.MustCompile(`\B~([a-zA-Z0-9_-]+)`)

// channelNames yields what a text names as ~name, not in the middle of a word. Unlike
// the names of people it is taken as it stands: capitals are of no channel.
func channelNames(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, match := range channelMention.FindAllStringSubmatch(text, -1) {
			if !yield(match[1]) {
				return
			}
		}
	}
}

// noteChannelMentions writes the public channels that a post names as ~name into its
// props, for clients to link. What a client says of that is dropped.
func (w *World) noteChannelMentions(c *channel, d *model.Post) {
	d.Props = withoutProps(d.Props, model.PropChannelMentions)
	if !strings.Contains(d.Message, "~") {
		return
	}
	found := map[string]any{}
	for name := range channelNames(d.Message) {
		m := w.channelMeant(c, name)
		if m == nil {
			continue
		}
		shown := map[string]any{"display_name": m.DisplayName}
		if w.version.Has(versions.ChannelMentionTeam) {
			shown["team_name"] = w.teams[m.TeamID].Name
		}
		found[name] = shown
	}
	if len(found) > 0 {
		d.Props = withProp(d.Props, model.PropChannelMentions, found)
	}
}

// channelMeant is the public channel that a name stands for in a channel, nil for none:
// one of its team. In a direct or group channel it may be any team's, as in the real
// server; of several the latest team's counts.
func (w *World) channelMeant(c *channel, name string) *channel {
	if c.TeamID != "" {
		return publicNamed(w.teams[c.TeamID], name)
	}
	for _, t := range slices.Backward(w.allTeams) {
		if m := publicNamed(t, name); m != nil {
			return m
		}
	}
	return nil
}

// publicNamed is a team's public channel of that name, nil for none.
func publicNamed(t *team, name string) *channel {
	if m := t.channels[name]; m != nil && m.Type == model.ChannelOpen && m.DeleteAt == 0 {
		return m
	}
	return nil
}

// namesForeign says whether a post may name channels that not all who see it may read:
// in direct and group channels (facts 11.6).
func (w *World) namesForeign(d *model.Post) bool {
	return d.Props[model.PropChannelMentions] != nil && w.version.Has(versions.ChannelMentionsFiltered) && w.channels[d.ChannelID].direct()
}

// hideForeign takes the channels out of a post's channel_mentions that the session's user
// may not read.
func (w *World) hideForeign(as *Session, d *model.Post) {
	named, ok := d.Props[model.PropChannelMentions].(map[string]any)
	if !ok || !w.namesForeign(d) {
		return
	}
	left := maps.Clone(named)
	maps.DeleteFunc(left, func(name string, _ any) bool {
		m := w.channelMeant(w.channels[d.ChannelID], name)
		return m != nil && !w.mayRead(as, m)
	})
	if len(left) == 0 {
		d.Props = withoutProps(d.Props, model.PropChannelMentions)
	} else if len(left) < len(named) {
		d.Props = withProp(d.Props, model.PropChannelMentions, left)
	}
}
