package socket

import (
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An action carries out what an authenticated client asks for. It returns the
// data of the reply.
type action func(c *conn, data map[string]any) (map[string]any, error)

var actions = map[string]action{
	model.ActionPing:                   ping,
	model.ActionUserTyping:             userTyping,
	model.ActionGetStatuses:            getStatuses,
	model.ActionGetStatusesByIDs:       getStatusesByIDs,
	model.ActionUserUpdateActiveStatus: updateActiveStatus,
	model.ActionPresence:               announcePresence,
	model.ActionPostedNotifyAck:        acknowledge,
}

// laterActions are those that not all versions have.
var laterActions = map[string]versions.Feature{
	model.ActionPresence:        versions.ClientViews,
	model.ActionPostedNotifyAck: versions.ClientViews,
}

func (c *conn) act(r *model.WebSocketRequest) {
	do := actions[r.Action]
	if since, later := laterActions[r.Action]; do == nil || later && !c.hub.version.Has(since) {
		c.fail(r, errBadAction.With())
		return
	}
	data, err := do(c, r.Data)
	if err != nil {
		c.fail(r, err)
		return
	}
	c.answer(r, data)
}

func ping(c *conn, _ map[string]any) (map[string]any, error) {
	return map[string]any{
		"text": "pong", "version": c.hub.version.String(), "server_time": time.Now().UnixMilli(), "node_id": "",
	}, nil
}

func userTyping(c *conn, data map[string]any) (map[string]any, error) {
	if c.hub.world.Busy() {
		return nil, errBusy.With()
	}
	channelID, _ := data["channel_id"].(string)
	parentID, _ := data["parent_id"].(string)
	if !model.IsValidID(channelID) || c.hub.world.Typing(c.session, channelID, parentID) != nil {
		return nil, errInvalidParam.With("channel_id")
	}
	return nil, nil
}

func getStatuses(c *conn, _ map[string]any) (map[string]any, error) {
	return byUser(c.hub.world.KnownStatuses()), nil
}

func getStatusesByIDs(c *conn, data map[string]any) (map[string]any, error) {
	list, _ := data["user_ids"].([]any)
	var ids []string
	for _, id := range list {
		if id, ok := id.(string); ok {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, errInvalidParam.With("user_ids")
	}
	return byUser(c.hub.world.Statuses(ids)), nil
}

func byUser(list []model.Status) map[string]any {
	statuses := map[string]any{}
	for _, s := range list {
		statuses[s.UserID] = s.Status
	}
	return statuses
}

func updateActiveStatus(c *conn, data map[string]any) (map[string]any, error) {
	active, ok := data["user_is_active"].(bool)
	if !ok {
		return nil, errInvalidParam.With("user_is_active")
	}
	manual, _ := data["manual"].(bool)
	c.hub.world.NoteActivity(c.session, active, manual)
	return nil, nil
}

func announcePresence(c *conn, data map[string]any) (map[string]any, error) {
	c.listener.announce(data)
	return nil, nil
}

// acknowledge takes note that a client showed a notification, which changes nothing.
func acknowledge(*conn, map[string]any) (map[string]any, error) { return nil, nil }
