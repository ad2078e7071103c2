package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// listen opens a websocket for an actor and returns what waits for its next event
// of a name.
func listen(t testing.TB, mm *mmfake.Server, a *mmfake.Actor) (next func(event string) reply) {
	conn, _, err := websocket.Dial(t.Context(), strings.Replace(mm.URL, "http", "ws", 1)+"/api/v4/websocket", &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {"Bearer " + a.Token}},
	})
	require.NoError(t, err)
	t.Cleanup(func() { conn.CloseNow() })
	next = func(event string) reply {
		for {
			_, message, err := conn.Read(t.Context())
			require.NoError(t, err, "waiting for %s", event)
			if r := (reply{Body: message}); r.get("event").String() == event {
				return r
			}
		}
	}
	next("hello")
	return next
}

func TestAChangeOfAUserIsToldToEachAsHeMaySeeIt(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	own, others, admins := listen(t, mm, alice), listen(t, mm, mm.User("bob")), listen(t, mm, mm.Admin)

	clientOf(t, mm, alice).do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al"})

	for who, e := range map[string]reply{"herself": own("user_updated"), "others": others("user_updated"), "admins": admins("user_updated")} {
		assert.Equal(t, "Al", e.get("data.user.nickname").String(), who)
		assert.Equal(t, who != "others", e.get("data.user.notify_props").Exists(), who)
		assert.Equal(t, who == "herself", e.get("data.user.last_password_update").Exists(), who)
		assert.Equal(t, who == "others", e.get("broadcast.contains_sanitized_data").Bool(), who)
		assert.Equal(t, who == "admins", e.get("broadcast.contains_sensitive_data").Bool(), who)
	}
}

func TestPreferencesAreToldToTheUsersOwnClients(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	own := listen(t, mm, alice)

	clientOf(t, mm, alice).do("PUT", "/api/v4/users/me/preferences", []object{{"user_id": alice.ID, "category": "a", "name": "x", "value": "1"}})

	assert.False(t, own("sidebar_category_updated").get("data.preferences").Exists(), "it comes first, and says nothing")
	told := reply{Body: []byte(own("preferences_changed").get("data.preferences").String())}
	assert.Equal(t, []string{"x"}, names(told, "#.name"))
}

func TestAnActivationIsToldToEverybodyWithoutAName(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	bob := listen(t, mm, mm.User("bob"))

	clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+alice.ID+"/active", object{"active": false})

	assert.NotZero(t, bob("user_updated").get("data.user.delete_at").Int())
	assert.Equal(t, "{}", bob("user_activation_status_change").get("data").Raw)
}

func TestANewPictureIsTold(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	bob := listen(t, mm, mm.User("bob"))

	clientOf(t, mm, alice).form(myImage, part{"image", "me.png", aPNG(t, 4, 4)})

	assert.NotZero(t, bob("user_updated").get("data.user.last_picture_update").Int())
}
