package world

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// offTopic is the channel that each team begins with besides model.DefaultChannel.
const offTopic = "off-topic"

// A channel is a model.Channel with its members and posts. All guarded by World.mu.
type channel struct {
	model.Channel
	members map[string]*member // by user id
	order   []*member          // in the order of their joining
	posts   channelPosts

	autoFollowed bool // some member wanted to follow all of its threads
}

// snapshot is the channel as it is now.
func (c *channel) snapshot() *model.Channel {
	now := c.Channel
	return &now
}

// show is the channel as it is read: with the public channels that its header and
// purpose name as ~name, for clients to link (facts 3.4).
func (w *World) show(c *channel) *model.Channel {
	shown := c.snapshot()
	if text := c.Header + " " + c.Purpose; strings.Contains(text, "~") {
		found := map[string]any{}
		for name := range channelNames(text) {
			if m := w.channelMeant(c, name); m != nil {
				found[name] = map[string]any{"display_name": m.DisplayName}
			}
		}
		if len(found) > 0 {
			shown.Props = model.Props{model.PropChannelMentions: found}
		}
	}
	return shown
}

func (c *channel) direct() bool {
	return c.Type == model.ChannelDirect || c.Type == model.ChannelGroup
}

// permission is the one of two that something takes in the channel: private channels
// have another than all others.
func (c *channel) permission(public, private Permission) Permission {
	if c.Type == model.ChannelPrivate {
		return private
	}
	return public
}

var (
	groupName     = regexp.MustCompile(`^[a-f0-9]{40}$`)
	directName    = regexp.MustCompile(`^[a-z0-9]{26}__[a-z0-9]{26}$`)
	longestHeader = 1024
)

func (w *World) checkChannel(c *model.Channel) error {
	own := c.Type != model.ChannelDirect && c.Type != model.ChannelGroup // the names of others are the server's
	switch {
	case utf8.RuneCountInString(c.DisplayName) > 64:
		return errChannelDisplayName.With()
	case own && (len(c.Name) > 64 || !w.ValidChannelName(c.Name)):
		return errChannelName.With()
	case own && c.Type != model.ChannelOpen && c.Type != model.ChannelPrivate:
		return errChannelType.With()
	case utf8.RuneCountInString(c.Header) > longestHeader:
		return errChannelHeader.With()
	case utf8.RuneCountInString(c.Purpose) > 250:
		return errChannelPurpose.With()
	case own && (groupName.MatchString(c.Name) || directName.MatchString(c.Name)):
		return errChannelNameForm.With()
	}
	return nil
}

// CreateChannel makes a public or private channel, of which the session's user
// becomes the admin.
func (w *World) CreateChannel(as *Session, in model.Channel) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	needed := w.version.Has(versions.ChannelFieldsNeeded)
	if in.TeamID == "" && needed {
		return nil, ErrBodyParam.With("team_id")
	}
	if in.DisplayName == "" && needed {
		return nil, ErrBodyParam.With("display_name")
	}
	p, known := map[string]Permission{model.ChannelOpen: CreatePublicChannel, model.ChannelPrivate: CreatePrivateChannel}[in.Type]
	switch {
	case known && !w.mayInTeam(as, in.TeamID, p):
		return nil, ErrPermission.With(p)
	case in.Type == model.ChannelDirect || in.Type == model.ChannelGroup:
		return nil, errChannelDirectType.With()
	case in.DeleteAt != 0:
		return nil, errCreateArchived.With()
	case in.ID != "":
		return nil, errChannelIDGiven.With()
	}
	in.CreatorID, in.DisplayName = as.UserID, strings.TrimSpace(in.DisplayName)
	c, err := w.addChannel(in)
	if err != nil {
		return nil, err
	}
	made := c.snapshot()
	w.enterChannel(c, as.user, true)
	w.publish(&Event{Name: model.EventChannelCreated, Data: map[string]any{"channel_id": c.ID, "team_id": c.TeamID}, Broadcast: toUser(as.UserID)})
	w.systemPost(c, as.user, model.PostTypeJoinChannel, as.user.Username+" joined the channel.", model.Props{model.PropUsername: as.user.Username})
	return made, nil
}

// addChannel validates and stores a public or private channel without members.
func (w *World) addChannel(in model.Channel) (*channel, error) {
	t := w.teams[in.TeamID]
	if t != nil && len(t.all) >= w.config.MaxChannelsPerTeam {
		return nil, errChannelLimit.With()
	}
	if err := w.checkChannel(&in); err != nil {
		return nil, err
	}
	switch {
	case t == nil:
		return nil, errTeamUnknown.With()
	case t.channels[in.Name] != nil:
		return nil, errChannelTaken.With()
	}
	return w.storeChannel(t, in), nil
}

// storeChannel stores a channel; t is nil for direct and group ones. Of in it
// takes what the maker of a channel decides.
func (w *World) storeChannel(t *team, in model.Channel) *channel {
	now := w.clock.tick()
	teamID := ""
	if t != nil {
		teamID = t.ID
	}
	c := &channel{order: make([]*member, 0, few), Channel: model.Channel{
		ID: w.newIDOf("channel", teamID, in.Name), CreateAt: now, UpdateAt: now, Type: in.Type, CreatorID: in.CreatorID,
		Name: in.Name, DisplayName: in.DisplayName, Header: in.Header, Purpose: in.Purpose,
	}}
	w.channels[c.ID] = c
	if t == nil {
		if in.Type != model.ChannelGroup || w.version.Has(versions.GroupShared) {
			c.Shared = new(bool)
		}
		put(&w.directs, c.Name, c)
		return c
	}
	c.TeamID = t.ID
	t.list(c)
	return c
}

// list puts a channel into the team's lists, by its names as they are now.
func (t *team) list(c *channel) {
	t.channels[c.Name] = c
	i, _ := slices.BinarySearchFunc(t.all, c, byDisplayName)
	t.all = slices.Insert(t.all, i, c)
}

// unlist takes a channel out of the team's lists, before its names change.
func (t *team) unlist(c *channel) {
	delete(t.channels, c.Name)
	if i, ok := slices.BinarySearchFunc(t.all, c, byDisplayName); ok {
		t.all = slices.Delete(t.all, i, i+1)
	}
}

// byDisplayName orders channels as lists show them: capitals come before small
// letters (recorded from 11.6.0).
func byDisplayName(a, b *channel) int {
	return cmp.Or(strings.Compare(a.DisplayName, b.DisplayName), strings.Compare(a.ID, b.ID))
}

// DirectChannel returns the direct channel of two users, and makes it where
// there is none. One user id alone, or the same twice, is a channel with oneself.
func (w *World) DirectChannel(as *Session, userIDs []string) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(userIDs) == 1 && userIDs[0] == as.UserID && w.version.Has(versions.OwnDirectChannel) {
		userIDs = []string{as.UserID, as.UserID}
	}
	if len(userIDs) != 2 {
		return nil, ErrBodyParam.With("user_ids: two of them")
	}
	for _, id := range userIDs {
		if !model.IsValidID(id) {
			return nil, ErrBodyParam.With("user_id")
		}
	}
	if !w.may(as, CreateDirectChannel) {
		return nil, ErrPermission.With(CreateDirectChannel)
	}
	if !slices.Contains(userIDs, as.UserID) && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	a, b := w.users[userIDs[0]], w.users[userIDs[1]]
	if a == nil || b == nil {
		return nil, errDirectUser.With()
	}
	if w.config.RestrictDirectMessage == "team" && !w.shareTeam(a, b) && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(CreateDirectChannel)
	}
	return w.direct(a, b).snapshot(), nil
}

func (w *World) shareTeam(a, b *user) bool {
	return slices.ContainsFunc(a.teams, func(t *team) bool { return t.active(b.ID) })
}

// direct finds or makes the direct channel of two users.
func (w *World) direct(a, b *user) *channel {
	name := a.ID + "__" + b.ID
	if b.ID < a.ID {
		name = b.ID + "__" + a.ID
	}
	if c := w.directs[name]; c != nil {
		return c
	}
	draft := model.Channel{Type: model.ChannelDirect, Name: name}
	if w.version.Has(versions.DirectCreator) {
		draft.CreatorID = a.ID
	}
	c := w.storeChannel(nil, draft)
	w.enterChannel(c, a, false)
	if a != b {
		w.enterChannel(c, b, false)
	}
	w.publish(&Event{Name: model.EventDirectAdded, Data: map[string]any{"creator_id": a.ID, "teammate_id": b.ID}, Broadcast: toChannel(c.ID)})
	return c
}

// GroupChannel returns the group channel of the users and the session's user,
// and makes it where there is none.
func (w *World) GroupChannel(as *Session, userIDs []string) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(userIDs) == 0 {
		return nil, ErrBodyParam.With("user_ids")
	}
	for _, id := range userIDs {
		if !model.IsValidID(id) {
			return nil, ErrBodyParam.With("user_id")
		}
	}
	ids := slices.Clone(userIDs)
	if !slices.Contains(ids, as.UserID) {
		ids = append(ids, as.UserID)
	}
	slices.Sort(ids)
	if w.version.Has(versions.GroupIDsOnce) {
		ids = slices.Compact(ids)
	}
	if !w.may(as, CreateGroupChannel) {
		return nil, ErrPermission.With(CreateGroupChannel)
	}
	if len(ids) < 3 || len(ids) > 8 {
		return nil, errGroupSize.With()
	}
	sum := sha1.Sum([]byte(strings.Join(ids, "")))
	name := hex.EncodeToString(sum[:])
	if c := w.directs[name]; c != nil {
		return c.snapshot(), nil
	}
	return w.newGroup(name, ids)
}

func (w *World) newGroup(name string, ids []string) (*model.Channel, error) {
	users := make([]*user, len(ids))
	names := make([]string, len(ids))
	for i, id := range ids {
		u := w.users[id]
		if u == nil || i > 0 && id == ids[i-1] {
			return nil, errGroupUser.With()
		}
		users[i], names[i] = u, u.Username
	}
	slices.Sort(names)
	displayName := strings.Join(names, ", ")
	if len(displayName) > 64 {
		displayName = displayName[:64]
	}
	c := w.storeChannel(nil, model.Channel{Type: model.ChannelGroup, Name: name, DisplayName: displayName})
	for _, u := range users {
		w.enterChannel(c, u, false)
	}
	w.tellGroup(c, users, ids)
	return c.snapshot(), nil
}

// tellGroup tells the members of a new group channel of it.
func (w *World) tellGroup(c *channel, users []*user, ids []string) {
	tell := func(userID string) {
		w.publish(&Event{Name: model.EventGroupAdded, Data: map[string]any{"teammate_ids": w.inJSON(ids)},
			Broadcast: model.Broadcast{ChannelID: c.ID, UserID: userID}})
	}
	if !w.version.Has(versions.GroupToldEach) {
		tell("")
		return
	}
	for _, u := range users {
		tell(u.ID)
	}
}

// Channel returns a channel that the session's user may read or find.
func (w *World) Channel(as *Session, id string) (*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[id]
	if c == nil {
		return nil, errChannelUnknown.With()
	}
	if !w.mayFind(as, c) {
		return nil, ErrPermission.With(ReadChannel)
	}
	return w.show(c), nil
}

// mayFind says whether the session's user may see that a channel is there.
func (w *World) mayFind(as *Session, c *channel) bool {
	return w.mayInChannel(as, c, ReadChannel) ||
		c.Type == model.ChannelOpen && w.mayInTeam(as, c.TeamID, ReadPublicChannel)
}

// ChannelByName returns a channel of a team by its name. A private channel of
// others is as good as unknown, and so are all of an unknown team.
func (w *World) ChannelByName(as *Session, teamID, name string, deleted bool) (*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.findChannel(as, w.teams[teamID], name, deleted)
}

// ChannelByNames returns a channel by its team's name and its own.
func (w *World) ChannelByNames(as *Session, teamName, name string, deleted bool) (*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.teamName[strings.ToLower(teamName)]
	if t == nil {
		return nil, errTeamNameUnknown.With()
	}
	return w.findChannel(as, t, name, deleted)
}

// channelNamed finds a channel of a team by its name. Direct and group channels
// belong to every team (as on the real server, whose links to them say so), also to
// an unknown one, nil.
func (w *World) channelNamed(t *team, name string) *channel {
	if t != nil && t.channels[name] != nil {
		return t.channels[name]
	}
	return w.directs[name]
}

func (w *World) findChannel(as *Session, t *team, name string, deleted bool) (*model.Channel, error) {
	c := w.channelNamed(t, strings.ToLower(name))
	if c == nil || c.DeleteAt != 0 && !deleted {
		return nil, errChannelNameUnknown.With()
	}
	if c.Type == model.ChannelOpen {
		if !w.mayFind(as, c) {
			return nil, ErrPermission.With(ReadPublicChannel)
		}
	} else if !w.mayInChannel(as, c, ReadChannel) {
		if !w.version.Has(versions.PrivateNamesUnknown) {
			return nil, ErrPermission.With(ReadChannel)
		}
		return nil, errChannelNameUnknown.With()
	}
	return w.show(c), nil
}
