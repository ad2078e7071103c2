package versions

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// eventsSince lists the events of the websocket that came after 5.0, of those that the
// fake sends.
var eventsSince = []struct {
	name  string
	since Version
}{
	{model.EventPostUnread, v(5, 18)},
	{model.EventChannelRestored, v(5, 20)},
	{model.EventOpenDialog, v(5, 6)},
	{model.EventThreadUpdated, v(7, 0)}, // before, to those alone who had collapsed threads
	{model.EventThreadFollowChanged, v(5, 31)},
	{model.EventThreadReadChanged, v(5, 31)},
	{model.EventSidebarCategoryCreated, v(5, 26)},
	{model.EventSidebarCategoryUpdated, v(5, 26)},
	{model.EventSidebarCategoryDeleted, v(5, 26)},
	{model.EventSidebarCategoryOrderUpdated, v(5, 26)},
	{model.EventDraftCreated, v(7, 7)}, // AllowSyncedDrafts is a setting of 7.7
	{model.EventDraftDeleted, v(7, 7)},
	{model.EventMultipleChannelsViewed, v(9, 0)}, // release notes of 9.0
	{model.EventUserActivationStatusChange, v(5, 36)},
}

// eventKeys lists the keys that events have in their data since some version.
var eventKeys = []struct {
	event, key string
	since      Version
}{
	{model.EventHello, "connection_id", v(5, 35)},
	{model.EventHello, "server_hostname", v(10, 0)}, // 10.x
	{model.EventPosted, "set_online", v(5, 36)},
	{model.EventPostDeleted, "delete_by", v(5, 26)},
	{model.EventPostUnread, "msg_count_root", after536},
	{model.EventPostUnread, "urgent_mention_count", v(7, 7)},
	{model.EventChannelDeleted, "delete_at", v(5, 36)},
	{model.EventDirectAdded, "creator_id", v(5, 36)},
}

// Event says whether the version sends events of that name, and takes the keys
// out of their data that it does not have.
func (v Version) Event(name string, data map[string]any) bool {
	if v.IsNewest() {
		return true
	}
	for _, e := range eventsSince {
		if e.name == name && v.before(e.since) {
			return false
		}
	}
	for _, k := range eventKeys {
		if k.event == name && v.before(k.since) {
			delete(data, k.key)
		}
	}
	return true
}
