package mmfake_test

import (
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Ten thousand clients, 64 at a time, vanish in the middle of their requests; every
// fourth stays for its answer. What was answered is there, and nothing else of
// theirs is left.
func TestClientsThatVanishLoseNothingThatWasAcknowledged(t *testing.T) {
	const clients, atOnce = 10_000, 64
	before := runtime.NumGoroutine()
	mm, err := mmfake.Start()
	require.NoError(t, err)
	defer mm.Close()
	dev := mm.Channel("dev")
	path := strings.TrimPrefix(mm.IncomingWebhook(dev).URL, mm.URL)

	var acknowledged sync.Map
	numbers := make(chan int)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for n := range numbers {
				text := fmt.Sprintf("message %d", n)
				ok, err := vanish(strings.TrimPrefix(mm.URL, "http://"), path, text, n%4)
				assert.NoError(t, err)
				if ok {
					acknowledged.Store(text, true)
				}
			}
		})
	}
	for n := range clients {
		numbers <- n
	}
	close(numbers)
	all.Wait()

	posted := map[string]int{}
	for _, p := range dev.Posts() {
		posted[p.Message]++
	}
	count := 0
	acknowledged.Range(func(text, _ any) bool {
		count++
		return assert.Equal(t, 1, posted[text.(string)], "%s was acknowledged", text)
	})
	assert.Equal(t, clients/4, count)
	assert.GreaterOrEqual(t, mm.Journal.Count(recorder.Status(http.StatusOK)), count)
	mm.Close()
	assertGoroutines(t, before)
}

// vanish posts a text and leaves: within the headers, within the body, before the
// answer, or (at 3) having read it. It tells whether the answer was a good one.
func vanish(address, path, text string, at int) (acknowledged bool, err error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return false, err
	}
	defer connection.Close()
	connection.(*net.TCPConn).SetLinger(0) // no goodbye: the connection is reset
	body := fmt.Sprintf(`{"text":%q}`, text)
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, len(body))
	request := head + body
	switch at {
	case 0:
		request = head[:len(head)/2]
	case 1:
		request = request[:len(head)+len(body)/2]
	}
	if _, err := connection.Write([]byte(request)); err != nil || at < 3 {
		return false, err
	}
	response, err := newAnswerReader(connection).read()
	return err == nil && response.StatusCode == http.StatusOK, err
}
