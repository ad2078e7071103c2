package mmfake_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A client that keeps its connections, as http.DefaultClient does, sends no request twice
// that may have been carried out: it fails where its connection has gone just then.
func TestAClientThatKeepsItsConnectionsSurvives(t *testing.T) {
	for name, end := range map[string]func(mm *mmfake.Server){
		"Reset":   func(mm *mmfake.Server) { mm.Reset() },
		"Restore": func(mm *mmfake.Server) { mm.Restore(mm.Snapshot()) },
		"Restart": func(mm *mmfake.Server) { mm.Restart() },
	} {
		for where, options := range map[string][]mmfake.Option{"port": nil, "memory": {mmfake.InMemory()}} {
			t.Run(name+"/"+where, func(t *testing.T) {
				mm := mmfake.New(t, options...)
				client := &http.Client{Transport: &http.Transport{DialContext: mm.DialContext}}
				defer client.CloseIdleConnections()
				for range 50 {
					end(mm)
					answer, err := client.Post(mm.IncomingWebhook(mm.Channel("dev")).URL, "application/json", strings.NewReader(`{"text":"hello"}`))
					require.NoError(t, err)
					io.Copy(io.Discard, answer.Body) // else the connection is not kept
					answer.Body.Close()
				}
			})
		}
	}
}

func TestARestartDoesNotWaitForAClientThatDoesNotNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm := mmfake.New(t, mmfake.InMemory())
		conn, err := mm.DialContext(t.Context(), "tcp", "mattermost.test:80")
		require.NoError(t, err)
		defer conn.Close()
		start := time.Now()
		mm.Restart()
		assert.Less(t, time.Since(start), time.Second)
		_, err = conn.Read(make([]byte, 1))
		assert.Error(t, err)
	})
}

func TestResetCutsOffWhatIsBeingAnswered(t *testing.T) {
	for name, change := range map[string]func(mm *mmfake.Server){
		"Reset":   func(mm *mmfake.Server) { mm.Reset() },
		"Restore": func(mm *mmfake.Server) { mm.Restore(mm.Snapshot()) },
	} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t)
			mm.Fail(postRoute, mmfake.Hang())
			answered := make(chan outcome)
			go func() { answered <- ask(mm, mm.Admin, "POST /api/v4/posts", `{}`) }()
			require.NoError(t, mm.WaitFor(t.Context(), func() bool {
				if len(mm.InFlight()) == 0 {
					mm.Admin.Typing(mm.Channel("town-square")) // so that it is looked at again
				}
				return len(mm.InFlight()) > 0
			}))
			change(mm)
			assert.Error(t, (<-answered).err)
		})
	}
}
