package mmfake_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// What the server does after a time, in a synctest bubble, where it takes none. That a
// bubble ends shows that the server leaves nothing behind.

func inBubble(t *testing.T, test func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor)) {
	synctest.Test(t, func(t *testing.T) {
		mm := mmfake.New(t, mmfake.InMemory())
		test(t, mm, mm.User("alice", mm.Channel("dev")))
	})
}

func TestATriggerIsGoodForThirtySeconds(t *testing.T) {
	for after, want := range map[time.Duration]int{29 * time.Second: 200, 31 * time.Second: 400} {
		inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
			mm.Mount(bot, answering(map[string]any{}))
			trigger := alice.Click(askWith(t, mm, button("Ask")), "Ask").Exchange.Request.Get("trigger_id").String()
			time.Sleep(after)
			body, err := json.Marshal(model.OpenDialogRequest{TriggerID: trigger, URL: bot + "/submit", Dialog: reportForm})
			require.NoError(t, err)
			opened := ask(mm, alice, "POST /api/v4/actions/dialogs/open", string(body))
			assert.Equal(t, want, opened.status, opened.body)
			assert.Len(t, alice.Dialogs(), map[int]int{200: 1}[want])
		})
	}
}

func TestADialogThatIsOpenedLateIsWaitedFor(t *testing.T) {
	inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
		integration := &asker{mm: mm, dialog: reportForm, answer: map[string]any{}, late: true}
		mm.Mount(bot, integration)
		dialog := alice.Click(askWith(t, mm, button("Ask")), "Ask").Dialog
		if dialog == nil { // it may have been quick enough
			dialog = alice.Dialog()
		}
		time.Sleep(24 * time.Hour) // he may think as long as he likes
		assert.NoError(t, alice.Submit(dialog, mmfake.Fields{"summary": "It burns"}).Err)
	})
}

func TestAResponseURLIsGoodForHalfAnHour(t *testing.T) {
	for after, want := range map[time.Duration]int{29 * time.Minute: 200, 31 * time.Minute: 404} {
		inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
			mm.Mount(bot, answering(map[string]any{}))
			mm.Command("/deploy", bot)
			later := alice.Run(mm.Channel("dev"), "/deploy").Exchange.Request.Get("response_url").String()
			time.Sleep(after)
			status, _ := sendJSON(t, mm, later, map[string]string{"text": "done"})
			assert.Equal(t, want, status)
		})
	}
}

func TestASessionEndsAfterAMonthUnlessItIsUsed(t *testing.T) {
	inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
		for range 3 {
			time.Sleep(29 * 24 * time.Hour)
			assert.Equal(t, 200, ask(mm, alice, "GET /api/v4/users/me", "").status)
		}
		time.Sleep(31 * 24 * time.Hour)
		assert.Equal(t, 401, ask(mm, alice, "GET /api/v4/users/me", "").status)
	})
}

func TestAStatusEndsAtItsTime(t *testing.T) {
	inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
		status := func() string {
			return field(t, ask(mm, alice, "GET /api/v4/users/me/status", "").body, "status")
		}
		ws := listenInMemory(t, mm, alice)
		assert.Equal(t, "online", status())
		until, err := json.Marshal(map[string]any{"user_id": alice.ID, "status": "dnd", "dnd_end_time": time.Now().Add(time.Hour).Unix()})
		require.NoError(t, err)
		assert.Equal(t, 200, ask(mm, alice, "PUT /api/v4/users/me/status", string(until)).status)
		assert.Equal(t, "dnd", status())
		time.Sleep(2 * time.Hour)
		ws.ws.CloseNow()
		assert.NotEqual(t, "dnd", status())
	})
}

func TestAClientMayComeBackWithinFiveMinutes(t *testing.T) {
	for after, want := range map[time.Duration]bool{4 * time.Minute: true, 6 * time.Minute: false} {
		inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
			dev := mm.Channel("dev")
			c := dialInMemory(t, mm, alice, "")
			id := c.next("hello").Data["connection_id"].(string)
			mm.DropWebSockets(alice)
			c.ends()
			mm.Admin.Post(dev, "while away")
			time.Sleep(after)
			c = dialInMemory(t, mm, alice, "?sequence_number=1&connection_id="+id)
			first, err := c.read()
			require.NoError(t, err)
			assert.Equal(t, want, first.Event != "hello")
		})
	}
}

func TestAConnectionLastsForHours(t *testing.T) {
	inBubble(t, func(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor) {
		dev := mm.Channel("dev")
		bob := mm.User("bob", dev)
		ws := listenInMemory(t, mm, alice)
		typing := make(chan bool, 10)
		go func() {
			defer close(typing)
			for {
				_, text, err := ws.ws.Read(t.Context()) // answers the server's pings meanwhile
				if err != nil {
					return
				}
				if strings.Contains(string(text), `"event": "typing"`) {
					typing <- true
				}
			}
		}()
		for range 3 {
			bob.Typing(dev)
			assert.True(t, <-typing)
			time.Sleep(time.Hour)
		}
		mm.DropWebSockets()
		assert.False(t, <-typing)
	})
}
