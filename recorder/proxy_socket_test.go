package recorder_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// socketServer accepts websockets and hands them to a function.
func socketServer(t *testing.T, options *websocket.AcceptOptions, serve func(context.Context, *websocket.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, options)
		if err != nil {
			return
		}
		defer ws.CloseNow()
		ws.SetReadLimit(-1)
		serve(r.Context(), ws)
	}
}

// echo sends everything back.
func echo(ctx context.Context, ws *websocket.Conn) {
	for {
		kind, body, err := ws.Read(ctx)
		if err != nil || ws.Write(ctx, kind, body) != nil {
			return
		}
	}
}

func (s *stand) dial(options *websocket.DialOptions) (*websocket.Conn, *http.Response) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	ws, resp, err := websocket.Dial(ctx, s.url+"/api/v4/websocket", options)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(-1)
	return ws, resp
}

// messages are what the journal has of websockets, in words.
func (s *stand) messages() []string {
	var lines []string
	for ex := range s.journal.Each(recorder.OfKind(recorder.KindSocket)) {
		line := fmt.Sprintf("%d %s %s", ex.Connection, ex.Direction, ex.Request.Text())
		if ex.Err != "" {
			line += " (" + ex.Err + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestWebsocketMessagesAreRecordedBothWaysBeforeTheyArrive(t *testing.T) {
	s := inFrontOf(t, socketServer(t, nil, echo))
	ws, resp := s.dial(nil)
	assert.Equal(t, http.StatusSwitchingProtocols, resp.StatusCode)
	handshake := s.only()
	assert.Equal(t, "#1 api in GET /api/v4/websocket: 101", handshake.String())
	assert.EqualValues(t, 1, handshake.Connection)
	var want []string
	for i := range 20 {
		text := fmt.Sprintf(`{"action":"ping","seq":%d}`, i)
		require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte(text)))
		kind, body, err := ws.Read(t.Context())
		require.NoError(t, err)
		assert.Equal(t, websocket.MessageText, kind)
		assert.Equal(t, text, string(body))
		want = append(want, "1 in "+text, "1 out "+text)
		require.Equal(t, want, s.messages())
	}
	last, _ := s.journal.Last(recorder.OfKind(recorder.KindSocket))
	assert.Equal(t, "/api/v4/websocket", last.Request.Path)
	assert.Empty(t, last.Request.Method)
}

func TestBinaryAndEmptyAndFragmentedMessagesPass(t *testing.T) {
	s := inFrontOf(t, socketServer(t, nil, echo))
	ws, _ := s.dial(nil)
	for _, body := range []string{"\x00\xff\x01", "", strings.Repeat("long ", 20_000)} {
		w, err := ws.Writer(t.Context(), websocket.MessageBinary)
		require.NoError(t, err)
		for _, part := range []string{body[:len(body)/2], body[len(body)/2:]} { // a frame each
			_, err = io.WriteString(w, part)
			require.NoError(t, err)
		}
		require.NoError(t, w.Close())
		kind, back, err := ws.Read(t.Context())
		require.NoError(t, err)
		assert.Equal(t, websocket.MessageBinary, kind)
		assert.Equal(t, body, string(back))
		last, _ := s.journal.Last()
		assert.Equal(t, body, last.Request.Text())
		assert.EqualValues(t, len(body), last.Request.Size)
	}
	assert.Len(t, s.messages(), 6)
}

func TestConnectionsAreCounted(t *testing.T) {
	s := inFrontOf(t, socketServer(t, nil, echo))
	for i := range 3 {
		ws, _ := s.dial(nil)
		require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte("x")))
		_, _, err := ws.Read(t.Context())
		require.NoError(t, err)
		assert.Contains(t, s.messages(), fmt.Sprintf("%d out x", i+1))
	}
}

func TestPingsAndCloseCodesPass(t *testing.T) {
	pinged := make(chan string, 10)
	s := inFrontOf(t, socketServer(t, &websocket.AcceptOptions{OnPingReceived: func(_ context.Context, payload []byte) bool {
		pinged <- string(payload)
		return true
	}}, func(ctx context.Context, ws *websocket.Conn) {
		ws.Read(ctx)
		ws.Close(4001, "too many")
	}))
	ws, _ := s.dial(nil)
	closed := make(chan error, 1)
	go func() {
		_, _, err := ws.Read(t.Context())
		closed <- err
	}()
	require.NoError(t, ws.Ping(t.Context()), "the pong comes back")
	assert.Equal(t, "1", <-pinged, "the client's own")
	require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte("bye")))
	err := <-closed
	assert.Equal(t, websocket.StatusCode(4001), websocket.CloseStatus(err))
	assert.ErrorContains(t, err, "too many")
	assert.Equal(t, []string{"1 in bye"}, s.messages(), "they are no messages")
}

func TestTheServerSeesWhatAWebsocketClientAsksFor(t *testing.T) {
	var got http.Header
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		socketServer(t, &websocket.AcceptOptions{Subprotocols: []string{"mm.v4"}, CompressionMode: websocket.CompressionContextTakeover}, echo)(w, r)
	})
	ws, resp := s.dial(&websocket.DialOptions{
		HTTPHeader:   http.Header{"Origin": {s.url}, "Authorization": {"Bearer t"}},
		Subprotocols: []string{"other", "mm.v4"}, CompressionMode: websocket.CompressionContextTakeover,
	})
	assert.Equal(t, "mm.v4", ws.Subprotocol())
	assert.Equal(t, s.upstream.URL, got.Get("Origin"), "without which a server refuses its own web app")
	assert.Equal(t, "Bearer t", got.Get("Authorization"))
	assert.Empty(t, got.Get("Sec-WebSocket-Extensions"), "compression is not offered")
	assert.Empty(t, resp.Header.Get("Sec-WebSocket-Extensions"))
	text := strings.Repeat("compressible ", 1000)
	require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte(text)))
	_, body, err := ws.Read(t.Context())
	require.NoError(t, err)
	assert.Equal(t, text, string(body))
	assert.Equal(t, []string{"1 in " + text, "1 out " + text}, s.messages())
}

func TestARefusedHandshakeIsAnAnswerLikeOthers(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusForbidden) })
	_, resp, err := websocket.Dial(t.Context(), s.url+"/api/v4/websocket", nil)
	require.Error(t, err)
	assert.Equal(t, http.StatusForbidden, resp.StatusCode)
	ex := s.only()
	assert.Equal(t, "no\n", ex.Response.Text())
	assert.Zero(t, ex.Connection)
}

func TestALargeWebsocketMessageIsKeptToItsBeginning(t *testing.T) {
	s := inFrontOf(t, socketServer(t, nil, echo))
	ws, _ := s.dial(nil)
	large := bytes.Repeat([]byte("0123456789"), 300_000)
	go ws.Write(context.WithoutCancel(t.Context()), websocket.MessageText, large)
	_, body, err := ws.Read(t.Context())
	require.NoError(t, err)
	assert.True(t, bytes.Equal(large, body))
	for ex := range s.journal.Each(recorder.OfKind(recorder.KindSocket)) {
		assert.True(t, ex.Request.Truncated)
		assert.EqualValues(t, len(large), ex.Request.Size)
		assert.Equal(t, string(large[:1<<20]), ex.Request.Text())
	}
	assert.Equal(t, 2, s.journal.Count(recorder.OfKind(recorder.KindSocket)))
}

// hijacked answers a handshake and writes bytes on the connection.
func hijacked(w http.ResponseWriter, then func(net.Conn)) {
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Upgrade", "websocket")
	w.WriteHeader(http.StatusSwitchingProtocols)
	conn, buffers, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	buffers.Flush()
	then(conn)
}

// raw makes a handshake with a server that writes these bytes, and returns what arrives.
func raw(t *testing.T, sent []byte) (s *stand, arrived []byte) {
	t.Helper()
	s = inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		hijacked(w, func(conn net.Conn) { conn.Write(sent) })
	})
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/api/v4/websocket", nil)
	require.NoError(t, err)
	r.Header = http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"AAAAAAAAAAAAAAAAAAAAAA=="}}
	resp, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	arrived, err = io.ReadAll(resp.Body)
	require.NoError(t, err)
	return s, arrived
}

// aFrame is a websocket frame as a server sends it.
func aFrame(first byte, length int, content string) []byte {
	frame := []byte{first}
	switch {
	case length < 126:
		frame = append(frame, byte(length))
	case length < 1<<16:
		frame = binary.BigEndian.AppendUint16(append(frame, 126), uint16(length))
	default:
		frame = binary.BigEndian.AppendUint64(append(frame, 127), uint64(length))
	}
	return append(frame, content...)
}

func TestWhatIsNoWebsocketMessageIsPassedOnAndSaid(t *testing.T) {
	for name, c := range map[string]struct {
		sent []byte
		want []string
	}{
		"a message cut short":       {aFrame(0x81, 10, "half"), []string{"1 out half (the upstream broke this message off after 4 bytes)"}},
		"one without its end":       {aFrame(0x01, 4, "half"), []string{"1 out half (the upstream broke this message off after 4 bytes)"}},
		"an endless one":            {aFrame(0x81, 1<<40, "x"), []string{"1 out x (the upstream broke this message off after 1 bytes)"}},
		"an unknown kind":           {append(aFrame(0x81, 2, "ok"), 0x83, 0x01, 'x'), []string{"1 out ok", "1 out  (what follows on this connection is no websocket frame (it begins with 8301))"}},
		"a part of nothing":         {aFrame(0x80, 1, "x"), []string{"1 out  (what follows on this connection is no websocket frame (it begins with 8001))"}},
		"one within another":        {append(aFrame(0x01, 1, "x"), aFrame(0x81, 1, "y")...), []string{"1 out x (what follows on this connection is no websocket frame (it begins with 8101))"}},
		"a length beyond all":       {[]byte{0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, []string{"1 out  (what follows on this connection is no websocket frame (it begins with 817fffffffffffffffff))"}},
		"half a head":               {[]byte{0x81}, nil},
		"nothing":                   {nil, nil},
		"a ping between the halves": {bytes.Join([][]byte{aFrame(0x01, 1, "x"), aFrame(0x89, 4, "ping"), aFrame(0x80, 1, "y")}, nil), []string{"1 out xy"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, arrived := raw(t, c.sent)
			assert.Equal(t, string(c.sent), string(arrived), "byte by byte")
			s.Close()
			assert.Equal(t, c.want, s.messages())
			_, err := s.journal.Fixture()
			assert.NoError(t, err)
		})
	}
}

func TestAWebsocketEndsWhenEitherSideGoes(t *testing.T) {
	gone := make(chan struct{})
	s := inFrontOf(t, socketServer(t, nil, func(ctx context.Context, ws *websocket.Conn) {
		defer close(gone)
		ws.Read(ctx)
	}))
	ws, _ := s.dial(nil)
	ws.CloseNow() // without a word
	<-gone

	s, arrived := raw(t, aFrame(0x81, 2, "ok"))
	assert.Len(t, arrived, 4, "the client is told that the server has gone")
	assert.Equal(t, []string{"1 out ok"}, s.messages())
}

func TestCloseEndsWebsockets(t *testing.T) {
	s := inFrontOf(t, socketServer(t, nil, echo))
	ws, _ := s.dial(nil)
	s.Close()
	_, _, err := ws.Read(t.Context())
	assert.Error(t, err)
	assert.Empty(t, s.messages())
}

func FuzzWhatAWebsocketCarriesIsPassedOnAsItIs(f *testing.F) {
	f.Add(aFrame(0x81, 5, "hello"), uint8(3))
	f.Add(append(aFrame(0x01, 300, strings.Repeat("x", 300)), aFrame(0x80, 0, "")...), uint8(0))
	f.Add([]byte{0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 'x'}, uint8(9))
	f.Add([]byte{0x8f, 0}, uint8(1))
	f.Fuzz(func(t *testing.T, sent []byte, at uint8) {
		s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
			hijacked(w, func(conn net.Conn) {
				cut := min(int(at), len(sent))
				conn.Write(sent[:cut])
				conn.Write(sent[cut:])
			})
		})
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		require.NoError(t, err)
		defer conn.Close()
		io.WriteString(conn, "GET /api/v4/websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		arrived, err := io.ReadAll(conn)
		require.NoError(t, err)
		_, body, found := bytes.Cut(arrived, []byte("\r\n\r\n"))
		require.True(t, found)
		require.Equal(t, string(sent), string(body))
		s.Close()
		var size int64
		for ex := range s.journal.Each(recorder.OfKind(recorder.KindSocket)) {
			size += ex.Request.Size
		}
		require.LessOrEqual(t, size, int64(len(sent)))
	})
}
