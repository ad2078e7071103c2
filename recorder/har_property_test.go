package recorder_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAFixtureWrittenAsHARAndReadBackIsAlwaysTheSameBytes(t *testing.T) {
	valid := harSchema(t)
	for seed := range uint64(200) {
		session := maker{rand.New(rand.NewPCG(seed, 7))}.socketSession()
		made, err := recorder.NewFixture(session, plain, recorder.RedactKey("name"))
		require.NoError(t, err, "seed %d", seed)
		har := made.HAR()
		require.NoError(t, valid(har), "seed %d:\n%s", seed, har)
		again, leftOut, err := recorder.ParseHAR("s.har", har, plain)
		require.NoError(t, err, "seed %d:\n%s", seed, har)
		require.Equal(t, string(made.Bytes()), string(again.Bytes()), "seed %d:\n%s", seed, har)
		require.Empty(t, leftOut)
	}
}

// socketSession is a session with connections of websockets, and what is sent on them.
func (m maker) socketSession() []*recorder.Exchange {
	session := m.session()
	for range m.IntN(6) {
		ex := &recorder.Exchange{Kind: recorder.KindSocket, Direction: recorder.Direction(m.one("in", "out")), Actor: m.one("alice", "bob", "")}
		ex.Request.Path = m.one("/api/v4/websocket", "/other", "")
		switch m.IntN(4) {
		case 0:
			ex.Kind, ex.Direction, ex.Request.Method, ex.Response.Status = recorder.KindAPI, recorder.In, "GET", 101
		case 1:
			ex.Request.Body = []byte("\x00\xff" + m.one("a", "b"))
		default:
			ex.Request.Body = []byte(m.text())
		}
		session = append(session, ex)
	}
	for range m.IntN(3) {
		session = append(session, &recorder.Exchange{
			Kind: recorder.KindCallback, Direction: recorder.Out, Err: m.one("", "it did not answer"), Followed: []string{"told " + m.id()},
			Request: recorder.Request{Method: "POST", Origin: m.one("http://bot.test", "http://127.0.0.1:5005", "nowhere"), Path: m.one("", "/a b", "//x"), Message: m.message()},
		})
	}
	m.Shuffle(len(session), func(i, j int) { session[i], session[j] = session[j], session[i] })
	return session
}
