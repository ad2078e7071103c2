package mmfake_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A tap is a websocket client that costs next to nothing, so that what is measured
// is the server.
type tap struct {
	conn   net.Conn
	reader *bufio.Reader
}

// openTap connects and reads the greeting.
func openTap(tb testing.TB, mm *mmfake.Server, token string) *tap {
	tb.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(mm.URL, "http://"))
	require.NoError(tb, err)
	tb.Cleanup(func() { conn.Close() })
	_, err = fmt.Fprintf(conn, "GET /api/v4/websocket HTTP/1.1\r\nHost: fake\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer %s\r\n\r\n", token)
	require.NoError(tb, err)
	t := &tap{conn, bufio.NewReaderSize(conn, 1024)}
	for line := ""; line != "\r\n"; {
		line, err = t.reader.ReadString('\n')
		require.NoError(tb, err)
	}
	require.NoError(tb, t.skip())
	return t
}

// skip reads one message and forgets it.
func (t *tap) skip() error {
	header, err := t.reader.Peek(4) // no message of ours is shorter
	if err != nil {
		return err
	}
	size := 2 + int(header[1])
	if header[1] == 126 {
		size = 4 + int(binary.BigEndian.Uint16(header[2:]))
	}
	_, err = t.reader.Discard(size)
	return err
}

// BenchmarkDelivery posts to a channel and waits until all its listening members
// have it. ns/delivery is to be the same for few and for many: at most 1.5 times
// with a thousand what it is with ten.
func BenchmarkDelivery(b *testing.B) {
	for _, members := range []int{10, 1000} {
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			mm := mmfake.New(b, mmfake.Configure(func(s *mmfake.Settings) { s.MaxUsersPerTeam = 2 * members }))
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			var tokens []string // of all members, before any of them hears of the others
			for i := range members {
				tokens = append(tokens, mm.User(fmt.Sprintf("user%d", i), dev).Token)
			}
			var taps []*tap
			for _, token := range tokens {
				t := openTap(b, mm, token)
				require.NoError(b, t.skip(), "the user's status")
				taps = append(taps, t)
			}
			var had sync.WaitGroup
			deliver := func() {
				had.Add(members)
				alice.Post(dev, "a message of the usual length, which says something to everybody")
				had.Wait()
			}
			for _, t := range taps {
				go func() {
					for t.skip() == nil {
						had.Done()
					}
				}()
			}
			b.ResetTimer()
			for b.Loop() {
				deliver()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*members), "ns/delivery")
		})
	}
}

// BenchmarkIdleConnection tells what a connection costs on which nothing happens:
// at most 40 kB.
func BenchmarkIdleConnection(b *testing.B) {
	const connections = 1000
	mm := mmfake.New(b)
	alice := mm.User("alice")
	openTap(b, mm, alice.Token)
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse + m.StackInuse
	}
	for b.Loop() {
		before := inUse()
		for range connections {
			openTap(b, mm, alice.Token)
		}
		b.ReportMetric(float64(inUse()-before)/connections, "B/connection")
		mm.DropWebSockets() // or a long run would need more files than the system allows
	}
}
