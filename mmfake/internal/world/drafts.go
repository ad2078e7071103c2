package world

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A draftKey says where a draft would be posted; root is "" outside threads.
type draftKey struct{ channel, root string }

// drafts are all unfinished messages, by their authors' ids. A draft is replaced,
// never changed.
type drafts map[string]map[draftKey]*model.Draft

// PutDraft keeps what the session's user has not yet posted, in the place of what
// he had not yet posted there before. One that says nothing leaves none, and is
// answered with nil. connection is the websocket connection that need not be told, or
// "" (facts 4.8).
func (w *World) PutDraft(as *Session, in *model.Draft, connection string) (*model.Draft, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[in.ChannelID]
	switch {
	case !w.config.AllowSyncedDrafts:
		return nil, errDraftsOff.With()
	case !w.mayInChannel(as, c, CreatePost):
		return nil, ErrPermission.With(CreatePost)
	case c.DeleteAt != 0:
		return nil, errDraftArchived.With()
	}
	key := draftKey{in.ChannelID, in.RootID}
	if in.Message == "" && len(in.FileIDs) == 0 {
		delete(w.drafts[as.UserID], key)
		return nil, nil
	}
	if err := w.checkDraft(in); err != nil {
		return nil, err
	}
	d := in.Clone()
	d.UserID, d.DeleteAt = as.UserID, 0
	d.UpdateAt = w.clock.tick()
	d.CreateAt = cmp.Or(in.CreateAt, d.UpdateAt)
	d.Metadata = &model.PostMetadata{Files: w.looseFiles(as.UserID, d.FileIDs)}
	if d.Props == nil {
		d.Props = model.Props{}
	}
	if w.drafts == nil {
		w.drafts = drafts{}
	}
	if w.drafts[as.UserID] == nil {
		w.drafts[as.UserID] = map[draftKey]*model.Draft{}
	}
	if old := w.drafts[as.UserID][key]; old != nil {
		d.CreateAt = old.CreateAt
	} else if len(w.drafts[as.UserID]) >= mostDrafts {
		return nil, errTooManyDrafts.With(mostDrafts)
	}
	w.drafts[as.UserID][key] = d
	w.tellDraft(model.EventDraftCreated, d, connection)
	return d.Clone(), nil
}

const mostDrafts = 1000 // of one user; a limit of the fake's own

// checkDraft says what is wrong with a draft's fields.
func (w *World) checkDraft(in *model.Draft) error {
	switch {
	case in.RootID != "" && !model.IsValidID(in.RootID):
		return errDraftRoot.With()
	case utf8.RuneCountInString(in.Message) > longestMessage:
		return errDraftLength.With()
	case len(in.FileIDs) > w.mostFiles():
		return errDraftFiles.With()
	case !fits(in.Props, w.longestProps()):
		return errDraftProps.With()
	}
	return nil
}

// looseFiles describes those of the files that are a user's own and in no post yet,
// nil where there is none.
func (w *World) looseFiles(userID string, ids []string) []*model.FileInfo {
	list := slices.DeleteFunc(w.filesOf(ids), func(f *model.FileInfo) bool { return f.UserID != userID || f.PostID != "" })
	if len(list) == 0 {
		return nil
	}
	return list
}

func (w *World) tellDraft(event string, d *model.Draft, connection string) {
	if w.heard() {
		w.publish(&Event{Name: event, Data: map[string]any{"draft": w.inJSON(d)},
			Broadcast: model.Broadcast{UserID: d.UserID, ChannelID: d.ChannelID, OmitConnectionID: connection}})
	}
}

// Drafts returns the drafts of the session's user in the channels of a team and the
// direct ones, the one changed last first; nil where there are none.
func (w *World) Drafts(as *Session, teamID string) ([]*model.Draft, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	switch {
	case !w.config.AllowSyncedDrafts:
		return nil, errDraftsOff.With()
	case !w.mayInTeam(as, teamID, ViewTeam):
		return nil, ErrPermission.With(ViewTeam)
	}
	var list []*model.Draft
	for d := range maps.Values(w.drafts[as.UserID]) {
		c := w.channels[d.ChannelID]
		if c.members[as.UserID] != nil && (c.TeamID == teamID || c.TeamID == "") {
			list = append(list, d.Clone())
		}
	}
	slices.SortFunc(list, func(a, b *model.Draft) int { return cmp.Compare(b.UpdateAt, a.UpdateAt) })
	return list, nil
}

// forgetDrafts forgets what was going to be said in the thread of a deleted root post.
func (w *World) forgetDrafts(root *post) {
	for _, of := range w.drafts {
		delete(of, draftKey{root.ChannelID, root.ID})
	}
}

// DeleteDraft forgets a draft of the session's user. There need not be one.
func (w *World) DeleteDraft(as *Session, channelID, rootID, connection string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.config.AllowSyncedDrafts {
		return errDraftsOff.With()
	}
	key := draftKey{channelID, rootID}
	d := w.drafts[as.UserID][key]
	if d == nil {
		return nil
	}
	delete(w.drafts[as.UserID], key)
	w.tellDraft(model.EventDraftDeleted, d, connection)
	return nil
}
