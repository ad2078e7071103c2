package world

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UpdateChannel replaces a channel's header and purpose, and its names where in
// has some (PUT /channels/{id}; facts 3.9). Of what changes only a new display
// name is told in the channel (recorded from 11.6.0).
func (w *World) UpdateChannel(as *Session, in model.Channel) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c := w.channels[in.ID]; c != nil && c.members[as.UserID] == nil && !w.version.Has(versions.OutsidersForbidden) {
		return nil, errChannelMemberUnknown.With()
	}
	c, err := w.changeable(as, in.ID)
	switch {
	case err != nil:
		return nil, err
	case c.DeleteAt != 0 && !c.direct():
		return nil, errChangeArchived.With()
	case in.Type != "" && in.Type != c.Type:
		return nil, errChannelTypeChange.With()
	}
	patch := &model.ChannelPatch{Header: &in.Header, Purpose: &in.Purpose}
	if in.DisplayName != "" {
		patch.DisplayName = &in.DisplayName
	}
	if in.Name != "" {
		patch.Name = &in.Name
	}
	if c.direct() && w.version.Has(versions.DirectsKeepNames) {
		patch = &model.ChannelPatch{Header: &in.Header}
	}
	before, shown, err := w.changeChannel(c, patch)
	if err != nil {
		return nil, err
	}
	w.tellChange(c, as.user, displayNameChange, before.DisplayName, c.DisplayName)
	return shown, nil
}

// PatchChannel changes what the patch names of a channel, and tells each change
// in it.
func (w *World) PatchChannel(as *Session, id string, patch *model.ChannelPatch) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, err := w.changeable(as, id)
	switch {
	case err != nil:
		return nil, err
	case c.DeleteAt != 0 && !c.direct() && w.version.Has(versions.ArchivedNotPatched):
		return nil, errChangeArchived.With()
	case c.DeleteAt != 0 && !c.direct() && w.version.Has(versions.ArchivedNotStored):
		return nil, errSaveArchived.With()
	case c.direct() && w.version.Has(versions.DirectsKeepNames) && (patch.Name != nil || patch.DisplayName != nil || patch.Purpose != nil):
		return nil, errDirectChange.With()
	}
	before, shown, err := w.changeChannel(c, patch)
	if err != nil {
		return nil, err
	}
	w.tellChange(c, as.user, displayNameChange, before.DisplayName, c.DisplayName)
	w.tellChange(c, as.user, headerChange, before.Header, c.Header)
	w.tellChange(c, as.user, purposeChange, before.Purpose, c.Purpose)
	return shown, nil
}

// changeable finds a channel whose properties the session's user may change: of
// direct and group channels every member may.
func (w *World) changeable(as *Session, id string) (*channel, error) {
	c := w.channels[id]
	if c == nil {
		return nil, errChannelUnknown.With()
	}
	if c.direct() {
		if c.members[as.UserID] == nil {
			return nil, errDirectOutsider.With()
		}
		return c, nil
	}
	p := c.permission(ManagePublicProperties, ManagePrivateProperties)
	if !w.mayInChannel(as, c, p) {
		return nil, ErrPermission.With(p)
	}
	return c, nil
}

// changeChannel validates and makes a change, and publishes it. It returns the
// channel before it, and as it is to be shown after it.
func (w *World) changeChannel(c *channel, patch *model.ChannelPatch) (model.Channel, *model.Channel, error) {
	before, next := c.Channel, c.Channel
	set(&next.DisplayName, patch.DisplayName)
	if !c.direct() { // their names are how they are found
		set(&next.Name, patch.Name)
	}
	set(&next.Header, patch.Header)
	set(&next.Purpose, patch.Purpose)
	if next.Name != c.Name && c.Name == model.DefaultChannel {
		return before, nil, errRenameDefault.With()
	}
	if err := w.checkChannel(&next); err != nil {
		return before, nil, err
	}
	if t := w.teams[c.TeamID]; t != nil {
		if other := t.channels[next.Name]; other != nil && other != c {
			if !w.version.Has(versions.ChannelTakenAlike) {
				return before, nil, errChannelRenameTaken.With()
			}
			return before, nil, errChannelTaken.With()
		}
		t.unlist(c)
		defer t.list(c)
	}
	next.UpdateAt = w.clock.tick()
	c.Channel = next
	shown := w.show(c)
	w.tellUpdated(c, shown)
	return before, shown, nil
}

func (w *World) tellUpdated(c *channel, shown *model.Channel) {
	if w.heard() {
		w.publish(&Event{Name: model.EventChannelUpdated, Data: map[string]any{"channel": w.inJSON(shown)}, Broadcast: toChannel(c.ID)})
	}
}

// A propertyChange is how a channel tells of a change of one of its properties:
// the type of the post, what people call the property, and its key in the props.
type propertyChange struct{ kind, word, key string }

var (
	displayNameChange = propertyChange{model.PostTypeDisplayNameChange, "display name", "displayname"}
	headerChange      = propertyChange{model.PostTypeHeaderChange, "header", "header"}
	purposeChange     = propertyChange{model.PostTypePurposeChange, "purpose", "purpose"}
)

// tellChange posts who changed a property of a channel, if it changed.
func (w *World) tellChange(c *channel, by *user, what propertyChange, from, to string) {
	if from == to {
		return
	}
	text := fmt.Sprintf("%s updated the channel %s from: %s to: %s", by.Username, what.word, from, to)
	switch "" {
	case from:
		text = fmt.Sprintf("%s updated the channel %s to: %s", by.Username, what.word, to)
	case to:
		text = fmt.Sprintf("%s removed the channel %s (was: %s)", by.Username, what.word, from)
	}
	w.systemPost(c, by, what.kind, text, model.Props{model.PropUsername: by.Username, "old_" + what.key: from, "new_" + what.key: to})
}

// SetChannelPrivacy makes a channel public or private: privacy is
// model.ChannelOpen or model.ChannelPrivate.
func (w *World) SetChannelPrivacy(as *Session, id, privacy string) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := ConvertPrivateChannel
	switch privacy {
	case model.ChannelOpen:
	case model.ChannelPrivate:
		p = ConvertPublicChannel
	default:
		return nil, ErrBodyParam.With("privacy: O or P")
	}
	c := w.channels[id]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case !w.mayInChannel(as, c, p):
		return nil, ErrPermission.With(p)
	case c.Name == model.DefaultChannel && privacy == model.ChannelPrivate:
		return nil, errPrivateDefault.With()
	case c.DeleteAt != 0:
		return nil, errSaveArchived.With()
	case c.direct(): // only they have such a name
		return nil, errChannelNameForm.With()
	}
	return w.setPrivacy(c, as.user, privacy), nil
}

// MakeChannelPrivate is the SetChannelPrivacy of old versions, which goes one way.
func (w *World) MakeChannelPrivate(as *Session, id string) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := ConvertPublicChannel
	if !w.version.Has(versions.ConvertingPermitted) {
		p = ManageTeam
	}
	c := w.channels[id]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case !w.mayInChannel(as, c, p):
		return nil, ErrPermission.With(p)
	case c.Name == model.DefaultChannel:
		return nil, errConvertDefault.With()
	case c.Type != model.ChannelOpen:
		return nil, errPrivateAlready.With()
	case c.DeleteAt != 0 && w.version.Has(versions.ArchivedNotStored):
		return nil, errSaveArchived.With()
	}
	return w.setPrivacy(c, as.user, model.ChannelPrivate), nil
}

// setPrivacy makes a channel public or private in the name of a user.
func (w *World) setPrivacy(c *channel, by *user, privacy string) *model.Channel {
	text := "This channel has been converted to a Public Channel and can be joined by any team member."
	if privacy == model.ChannelPrivate {
		text = "This channel has been converted to a Private Channel."
	}
	c.Type, c.UpdateAt = privacy, w.clock.tick()
	shown := w.show(c)
	w.tellUpdated(c, shown)
	w.publish(&Event{Name: model.EventChannelConverted, Data: map[string]any{"channel_id": c.ID}, Broadcast: toTeam(c.TeamID)})
	w.systemPost(c, by, model.PostTypeChangePrivacy, text, model.Props{model.PropUsername: by.Username})
	return shown
}
