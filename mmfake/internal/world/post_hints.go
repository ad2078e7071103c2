package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// hint tells an author, and nobody else, whom his post did not reach (facts 4.2).
func (w *World) hint(c *channel, p *post, author *user) {
	if !w.heard() || p.isSystem() || c.direct() {
		return
	}
	text := w.mentionText(p)
	if !strings.Contains(text, "@") {
		return
	}
	names := namesAfter('@', spoken(text))
	w.hintAtCrowd(c, p, author, names)
	w.hintAtOutsiders(c, p, author, names)
}

// hintAtCrowd says that @channel and its like reach nobody in a large channel.
func (w *World) hintAtCrowd(c *channel, p *post, author *user, names []string) {
	limit := w.config.MaxNotificationsPerChannel
	if len(c.members) <= limit {
		return
	}
	for _, name := range []string{"here", "channel", "all"} {
		if slices.Contains(names, name) {
			w.tellEphemeral(author.ID, &model.Post{ChannelID: c.ID, RootID: p.rootID(),
				Message: fmt.Sprintf("@%s has been disabled because the channel has more than %d users.", name, limit)})
		}
	}
}

// hintAtOutsiders says which members of the team a post named in vain, for they are
// not in the channel.
func (w *World) hintAtOutsiders(c *channel, p *post, author *user, names []string) {
	ids, outsiders := []string{}, []string{}
	for _, name := range names {
		u := w.names[name]
		if u == nil || u == author || u.bot != nil || u.DeleteAt != 0 || c.members[u.ID] != nil || !w.teams[c.TeamID].active(u.ID) || slices.Contains(ids, u.ID) {
			continue
		}
		ids, outsiders = append(ids, u.ID), append(outsiders, u.Username)
	}
	if len(ids) == 0 {
		return
	}
	slices.SortFunc(ids, func(a, b string) int { return strings.Compare(w.users[a].Username, w.users[b].Username) })
	slices.Sort(outsiders)
	id := w.newIDOf("ephemeral", c.ID, author.ID)
	w.tellEphemeral(author.ID, &model.Post{ID: id, ChannelID: c.ID, RootID: p.rootID(), Message: outsiderHint(outsiders), Props: model.Props{
		model.PropAddChannelMember: map[string]any{
			"post_id": id, "user_ids": ids, "usernames": outsiders,
			"not_in_channel_user_ids": ids, "not_in_channel_usernames": outsiders,
			"not_in_groups_user_ids": []string{}, "not_in_groups_usernames": []string{},
		},
	}})
}

// outsiderHint is the text of the hint (for one name recorded from 11.6.0).
func outsiderHint(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return "@" + names[0] + " did not get notified by this mention because they are not in the channel."
	}
	return "@" + strings.Join(names[:last], ", @") + " and @" + names[last] + " did not get notified by this mention because they are not in the channel."
}
