package rest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAChosenStatusOutlastsWhatTheUserDoes(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	actor := mm.User("alice", dev)
	alice := clientOf(t, mm, actor)
	status := func() string { return alice.do("GET", "/api/v4/users/me/status", nil).get("status").String() }
	choose := func(status string) {
		r := alice.do("PUT", "/api/v4/users/me/status", object{"user_id": actor.ID, "status": status})
		require.Equal(t, 200, r.Status, "%s", r.Body)
	}
	require.Equal(t, "offline", status())

	actor.Post(dev, "here I am")
	assert.Equal(t, "online", status())
	choose("away")
	actor.Post(dev, "I am not here")
	assert.Equal(t, "away", status())
	choose("online")
	assert.False(t, alice.do("GET", "/api/v4/users/me/status", nil).get("manual").Bool(), "from here on it follows what she does")
}

func TestATimedDoNotDisturbGivesWayToWhatWasBefore(t *testing.T) {
	for name, end := range map[string]time.Duration{"to come": time.Hour, "over already": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mm := mmfake.New(t, mmfake.InMemory())
				actor := mm.User("alice")
				alice := clientOf(t, mm, actor)
				set := func(status string, end int64) reply {
					return alice.do("PUT", "/api/v4/users/me/status", object{"user_id": actor.ID, "status": status, "dnd_end_time": end})
				}
				now := func() string {
					r := alice.do("GET", "/api/v4/users/me/status", nil)
					return r.get("status").String() + " until " + r.get("dnd_end_time").String()
				}
				set("away", 0)

				at := time.Now().Add(end).Unix()
				timed := fmt.Sprintf("dnd until %d", at/60*60)
				set("dnd", at)
				assert.Equal(t, timed, now())
				time.Sleep(max(end-2*time.Second, 0))
				assert.Equal(t, timed, now())
				time.Sleep(time.Minute + 2*time.Second) // the server looks once a minute
				assert.Equal(t, "away until 0", now())
			})
		})
	}
}

func TestACustomStatusIsCutAndGetsAnEmoji(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)

	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/status/custom", object{"text": strings.Repeat("ä", 120)}).Status)

	custom := clientOf(t, mm, mm.User("bob")).do("GET", "/api/v4/users/"+actor.ID, nil).get("props.customStatus").String()
	assert.Contains(t, custom, `"emoji":"speech_balloon"`)
	assert.Contains(t, custom, `"text":"`+strings.Repeat("ä", 100)+`"`)
}

func TestACustomStatusEndsInTheFutureIfItEnds(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	past, future := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	for _, c := range []struct {
		custom object
		status int
	}{
		{object{"text": "x", "duration": "one_hour", "expires_at": future}, 200},
		{object{"text": "x", "expires_at": future}, 200},
		{object{"text": "x", "duration": "one_hour", "expires_at": past}, 400},
		{object{"text": "x", "duration": "one_hour"}, 400},
		{object{"text": "x", "duration": "for ever", "expires_at": future}, 400},
		{object{"text": "x", "expires_at": "tomorrow"}, 400},
	} {
		assert.Equal(t, c.status, alice.do("PUT", "/api/v4/users/me/status/custom", c.custom).Status, "%v", c.custom)
	}
}

func TestTheLastFiveCustomStatusesAreRemembered(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	for _, text := range []string{"one", "two", "three", "four", "five", "six", "two"} {
		require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/status/custom", object{"emoji": "fire", "text": text}).Status)
	}
	recent := func() []string {
		r := alice.do("GET", "/api/v4/users/me/preferences/custom_status/name/recent_custom_statuses", nil)
		return names(reply{Body: []byte(r.get("value").String())}, "#.text")
	}

	assert.Equal(t, []string{"two", "six", "five", "four", "three"}, recent())
	r := alice.do("POST", "/api/v4/users/me/status/custom/recent/delete", object{"emoji": "fire", "text": "six"})
	assert.Equal(t, 200, r.Status)
	assert.Equal(t, []string{"two", "five", "four", "three"}, recent())
}

func TestEachIDGivesAStatusOnce(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	list := []string{actor.ID, actor.ID, "aaaaaaaaaaaaaaaaaaaaaaaaaa"}

	r := clientOf(t, mm, actor).do("POST", "/api/v4/users/status/ids", list)

	assert.Len(t, names(r, "#.user_id"), 2, "somebody who is not there is offline")
}

func TestNobodyTypesForAnother(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	body := object{"channel_id": dev.ID}

	assert.Equal(t, 403, clientOf(t, mm, alice).do("POST", "/api/v4/users/"+bob.ID+"/typing", body).Status)
	assert.Equal(t, 200, clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users/"+bob.ID+"/typing", body).Status, "but an admin may say so")
	carol := mm.User("carol")
	assert.Equal(t, 403, clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users/"+carol.ID+"/typing", body).Status, "where that one may post")
}

func TestWhoShowsAChannelIsThere(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := clientOf(t, mm, mm.User("alice", dev))

	alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID})

	assert.Equal(t, "online", alice.do("GET", "/api/v4/users/me/status", nil).get("status").String())
}

func TestChoosingNotToBeDisturbedIsNoActivity(t *testing.T) {
	mm := mmfake.New(t)
	for status, active := range map[string]bool{"dnd": false, "away": false, "offline": true} {
		actor := mm.User("who-is-" + status)
		r := clientOf(t, mm, actor).do("PUT", "/api/v4/users/me/status", object{"user_id": actor.ID, "status": status})
		assert.Equal(t, active, r.get("last_activity_at").Int() > 0, status)
	}
}

func TestWhoIsOnlineAlreadyIsNotToldSo(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	next := alice.listen()
	for _, status := range []string{"away", "online", "online", "dnd"} {
		alice.do("PUT", "/api/v4/users/me/status", object{"user_id": actor.ID, "status": status})
	}

	told := []string{}
	for len(told) == 0 || told[len(told)-1] != "dnd" {
		told = append(told, next("status_change").Get("data.status").String())
	}
	assert.Equal(t, []string{"away", "online", "dnd"}, told[len(told)-3:])
}

func TestOnlyARecentCustomStatusIsForgotten(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	forget := func(emoji, text string) string {
		return alice.do("POST", "/api/v4/users/me/status/custom/recent/delete", object{"emoji": emoji, "text": text}).problem()
	}
	assert.Equal(t, "app.preference.get.app_error", forget("fire", "busy"), "there are none")
	for _, emoji := range []string{"fire", "ice_cube"} {
		require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/status/custom", object{"emoji": emoji, "text": "busy"}).Status)
	}

	assert.Equal(t, "api.custom_status.recent_custom_statuses.delete.app_error", forget("fire", "busy"), "a text is remembered with its latest emoji")
	assert.Empty(t, forget("ice_cube", "busy"))
}

func TestToBeOnlineIsNoChoiceThatLasts(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob", mm.Channel("dev"))
	c := clientOf(t, mm, bob)
	c.do("PUT", "/api/v4/users/me/status", object{"user_id": bob.ID, "status": "away"})
	conn, _, err := websocket.Dial(t.Context(), mm.URL+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + bob.Token}}})
	require.NoError(t, err)
	defer conn.CloseNow()
	require.NoError(t, conn.Write(t.Context(), websocket.MessageText, []byte(`{"seq":1,"action":"user_update_active_status","data":{"user_is_active":true,"manual":true}}`)))
	for {
		_, message, err := conn.Read(t.Context())
		require.NoError(t, err)
		if gjson.GetBytes(message, "seq_reply").Exists() {
			break
		}
	}

	r := c.do("GET", "/api/v4/users/me/status", nil)

	assert.Equal(t, "online", r.get("status").String())
	assert.False(t, r.get("manual").Bool())
}
