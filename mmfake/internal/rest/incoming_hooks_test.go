package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// directOf makes the direct channel of two users and returns the answer.
func directOf(t *testing.T, mm *mmfake.Server, a, b *mmfake.Actor) reply {
	t.Helper()
	r := clientOf(t, mm, a).do("POST", "/api/v4/channels/direct", []string{a.ID, b.ID})
	require.Equal(t, 201, r.Status)
	return r
}

func TestNobodyMakesAWebhookIntoADirectChannel(t *testing.T) {
	mm := mmfake.New(t)
	direct := directOf(t, mm, mm.Admin, mm.User("bob"))
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": direct.get("id").String()})
	assert.Equal(t, 403, r.Status, "it is in no team, in which facts 6.1 wants a permission")
	assert.Equal(t, "api.context.permissions.app_error", r.problem())
}

func TestADirectChannelHasItsNameInEveryTeam(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob")
	dev := mm.Channel("dev")
	direct := directOf(t, mm, mm.Admin, bob)
	name, id := direct.get("name").String(), direct.get("id").String()

	found := clientOf(t, mm, bob).do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/"+name, nil)
	assert.Equal(t, id, found.get("id").String(), "%s", found.Body)
	hidden := clientOf(t, mm, mm.User("eve")).do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/"+name, nil)
	assert.Equal(t, 404, hidden.Status)

	hook := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": dev.ID})
	posted := clientOf(t, mm, nil).do("POST", "/hooks/"+hook.get("id").String(), map[string]string{"channel": name, "text": "psst"})
	require.Equal(t, 200, posted.Status, "%s", posted.Body)
	posts := clientOf(t, mm, bob).do("GET", "/api/v4/channels/"+id+"/posts", nil)
	assert.Equal(t, "psst", posts.get("posts."+posts.get("order.0").String()+".message").String())
}
