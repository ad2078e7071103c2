package mmfake_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// slowRequest begins a request whose body comes when the test says so. It returns
// once the server is answering it.
func slowRequest(t *testing.T, mm *mmfake.Server, url string) (finish func() (*http.Response, error)) {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(mm.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { connection.Close() })
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n", strings.TrimPrefix(url, mm.URL))
	require.NoError(t, err)
	answers := newAnswerReader(connection)
	require.NoError(t, answers.awaitContinue())
	return func() (*http.Response, error) {
		if _, err := connection.Write([]byte(`{"text":"a"}`)); err != nil {
			return nil, err
		}
		return answers.read()
	}
}

func TestShutdownLetsRequestsEnd(t *testing.T) {
	mm, err := mmfake.Start()
	require.NoError(t, err)
	finish := slowRequest(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL)
	ended := make(chan error, 1)
	go func() { ended <- mm.Shutdown(t.Context()) }()
	response, err := finish()
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.NoError(t, <-ended)
	assert.Len(t, mm.Posts(), 1)
}

func TestShutdownCutsOffWhatTakesTooLong(t *testing.T) {
	mm, err := mmfake.Start()
	require.NoError(t, err)
	slowRequest(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	assert.ErrorIs(t, mm.Shutdown(ctx), context.DeadlineExceeded)
}

func TestCloseSaysWhichRequestItCutOff(t *testing.T) {
	recorded := &recordingTB{TB: t}
	mm := mmfake.New(recorded)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	slowRequest(t, mm, hook.URL)
	mm.Close()
	mm.Close()
	assert.Contains(t, strings.Join(recorded.logs, "\n"), "POST /hooks/"+hook.ID)
}

func TestTheURLOfAServerOnAllAddressesIsReachable(t *testing.T) {
	mm := mmfake.New(t, mmfake.Listen(":0"))
	response, err := mm.Client().Get(mm.URL + "/api/v4/system/ping")
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.Contains(t, mm.URL, "http://127.0.0.1:")
}

func TestUnknownEndpointsFailTheTest(t *testing.T) {
	recorded := &recordingTB{TB: t}
	mm := mmfake.New(recorded)
	for _, path := range []string{"/api/v4/nothing", "/api/v4/posts", "/test/channels/town-square", "/mattermost/api/v4/users/me"} {
		response, err := mm.Client().Get(mm.URL + path)
		require.NoError(t, err)
		response.Body.Close()
	}
	response, err := mm.Client().Post(mm.URL+"/api/posts", "application/json", strings.NewReader("{}"))
	require.NoError(t, err)
	response.Body.Close()
	recorded.cleanup()
	const allowed = " (mmfake.AllowUnknownEndpoints allows that)"
	assert.Equal(t, []string{
		"mmfake: Mattermost has no endpoint GET /api/v4/nothing: it was answered with 404" + allowed,
		"mmfake: Mattermost has no endpoint GET /api/v4/posts: it was answered with 404" + allowed,
		"mmfake: Mattermost has no endpoint GET /mattermost/api/v4/users/me: it was answered with the web app's page; the API is at " + mm.URL + "/api/v4" + allowed,
		"mmfake: Mattermost has no endpoint POST /api/posts: it was answered with 404" + allowed,
	}, recorded.errors, "a page of the web app is none of them")
}

func TestLenientServersAllowUnknownEndpoints(t *testing.T) {
	recorded := &recordingTB{TB: t}
	mm := mmfake.New(recorded, mmfake.Lenient())
	response, err := mm.Client().Get(mm.URL + "/api/v4/nothing")
	require.NoError(t, err)
	response.Body.Close()
	recorded.cleanup()
	assert.Empty(t, recorded.errors)
}

func TestAUserWhoIsThereAlreadyIsFound(t *testing.T) {
	mm := mmfake.New(t)
	sample := mm.User("user-1")
	assert.Equal(t, "SampleUs@r-1", sample.Password)
	assert.Equal(t, "hello", sample.Post(mm.Channel("town-square"), "hello").Message)
	assert.Same(t, mm.Admin, mm.User("sysadmin"))
}

func TestANewServerCostsFewAllocations(t *testing.T) {
	allocations := testing.AllocsPerRun(20, func() {
		mm, err := mmfake.Start()
		require.NoError(t, err)
		mm.Close()
	})
	assert.LessOrEqual(t, allocations, 250.0)
}

func TestCloseEndsWhileClientsComeIn(t *testing.T) {
	for range 300 {
		mm, err := mmfake.Start()
		require.NoError(t, err)
		address := strings.TrimPrefix(mm.URL, "http://")
		var coming sync.WaitGroup
		for range 4 {
			coming.Go(func() {
				for {
					connection, err := net.Dial("tcp", address)
					if err != nil {
						return
					}
					connection.Close()
				}
			})
		}
		mm.Close()
		coming.Wait()
	}
}

func TestCloseLeavesNoGoroutineBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 20 {
		mm, err := mmfake.Start()
		require.NoError(t, err)
		hook := mm.IncomingWebhook(mm.Channel("dev"))
		for range 3 {
			sendBody(t, mm, hook.URL, "application/json", `{"text":"a"}`)
		}
		mm.Journal.Subscribe(func(*recorder.Exchange) {})
		mm.Close()
	}
	assertGoroutines(t, before)
}

// assertGoroutines fails if there are more goroutines than before, once those that
// are about to end had time to.
func assertGoroutines(t *testing.T, before int) {
	t.Helper()
	deadline := time.After(5 * time.Second)
	for again := time.Tick(time.Millisecond); runtime.NumGoroutine() > before; {
		select {
		case <-again:
		case <-deadline:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
