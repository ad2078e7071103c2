package inmemory_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/inmemory"
)

func connected(t *testing.T) (client, server net.Conn) {
	l := inmemory.Listen("fake.test:80")
	client, err := l.Dial(t.Context())
	require.NoError(t, err)
	server, err = l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { client.Close(); server.Close(); l.Close() })
	return client, server
}

func TestWhatWasWrittenIsReadAlsoAfterClose(t *testing.T) {
	client, server := connected(t)
	client.Write([]byte("hello"))
	client.Close()
	got, err := io.ReadAll(server)
	assert.NoError(t, err)
	assert.Equal(t, "hello", string(got))
	_, err = server.Write([]byte("too late"))
	assert.ErrorIs(t, err, syscall.EPIPE)
	_, err = client.Read(make([]byte, 1))
	assert.ErrorIs(t, err, net.ErrClosed)
	assert.ErrorIs(t, client.Close(), net.ErrClosed)
}

func TestAResetLosesWhatNobodyHasRead(t *testing.T) {
	client, server := connected(t)
	server.Write([]byte("lost"))
	server.(interface{ SetLinger(int) error }).SetLinger(0)
	server.Close()
	_, err := client.Read(make([]byte, 10))
	assert.ErrorIs(t, err, syscall.ECONNRESET)
	_, err = client.Write([]byte("a"))
	assert.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestAWriterWaitsForASlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := connected(t)
		sent := bytes.Repeat([]byte("0123456789"), 100_000)
		done := false
		go func() {
			client.Write(sent)
			client.Close()
			done = true
		}()
		synctest.Wait()
		assert.False(t, done, "a megabyte is more than a connection holds")
		got, err := io.ReadAll(server)
		assert.NoError(t, err)
		assert.Equal(t, sent, got)
	})
}

func TestADeadlineEndsReadsAndWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := connected(t)
		start := time.Now()
		client.SetDeadline(start.Add(time.Hour))
		_, err := client.Read(make([]byte, 1))
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded)
		assert.Equal(t, time.Hour, time.Since(start))
		_, err = client.Write([]byte("a"))
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded)

		client.SetDeadline(time.Time{})
		go func() { time.Sleep(time.Minute); client.SetReadDeadline(time.Unix(1, 0)) }()
		_, err = client.Read(make([]byte, 1))
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded, "also one that is set while somebody reads")
	})
}

func TestAClosedListenerRefuses(t *testing.T) {
	l := inmemory.Listen("fake.test:80")
	client, err := l.Dial(t.Context())
	require.NoError(t, err)
	require.NoError(t, l.Close())
	_, err = client.Read(make([]byte, 1))
	assert.ErrorIs(t, err, syscall.ECONNRESET, "nobody had accepted it")
	_, err = l.Dial(t.Context())
	assert.ErrorIs(t, err, syscall.ECONNREFUSED)
	_, err = l.Accept()
	assert.ErrorIs(t, err, net.ErrClosed)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = l.Dial(ended)
	assert.ErrorIs(t, err, context.Canceled)
}
