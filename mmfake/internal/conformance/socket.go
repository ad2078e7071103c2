package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// A socket is one websocket connection, which keeps what it is sent.
type socket struct {
	conn   *websocket.Conn
	cancel context.CancelFunc
	done   chan struct{} // closed when nothing more is read
	events *inbox[event]
	seq    int // of the last message sent
}

type event map[string]any

// kind is the event's name, or "reply" for an answer to a message.
func (e event) kind() string {
	if name, ok := e["event"].(string); ok {
		return name
	}
	return "reply"
}

// openSocket connects to the server; with a token, as its owner.
func openSocket(ctx context.Context, client *http.Client, base, token string) (*socket, error) {
	header := http.Header{}
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	dialer := *client
	dialer.CheckRedirect = nil
	conn, _, err := websocket.Dial(ctx, base+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header, HTTPClient: &dialer})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(1 << 22)
	reading, cancel := context.WithCancel(ctx)
	s := &socket{conn: conn, cancel: cancel, done: make(chan struct{}), events: newInbox[event]()}
	go s.read(reading)
	return s, nil
}

// read keeps every message that is JSON, and an event "closed" for the end of the
// connection.
func (s *socket) read(ctx context.Context) {
	defer close(s.done)
	for {
		_, message, err := s.conn.Read(ctx)
		if err != nil {
			s.events.put(event{"event": "closed"})
			return
		}
		var e event
		if json.Unmarshal(message, &e) == nil {
			s.events.put(e)
		}
	}
}

func (s *socket) write(ctx context.Context, message []byte) error {
	return s.conn.Write(ctx, websocket.MessageText, message)
}

// close cuts the connection off and waits until nothing of it is left.
func (s *socket) close() {
	s.cancel()
	_ = s.conn.CloseNow() // it may be closed already
	<-s.done
}

// listen opens a user's websocket and waits for the server's greeting.
func (r *run) listen(ctx context.Context, s *Step) error {
	// A real server may still be sending what came before.
	pause(ctx, r.target.Settle)
	token := r.vars[s.Listen+".token"]
	sock, err := openSocket(ctx, r.target.Client, r.target.URL, token)
	if err != nil {
		return err
	}
	r.opened = append(r.opened, sock)
	r.sockets[s.Listen] = sock // a second one of the same user takes the first one's place
	hello := func(e event) bool { return e.kind() == "hello" }
	if token != "" && !sock.events.await(ctx, 1, hello, r.target.Patience) {
		return errors.New("no hello event")
	}
	return nil
}

// send sends a message on a user's websocket.
func (r *run) send(ctx context.Context, s *Step) error {
	sock := r.sockets[s.Send]
	if sock == nil {
		return fmt.Errorf("%s does not listen", s.Send)
	}
	if s.Text != nil { // as it stands, without seq
		return sock.write(ctx, []byte(r.sub(*s.Text)))
	}
	message, ok := r.expand(s.JSON).(map[string]any)
	if !ok {
		return errors.New("send wants an object as json")
	}
	sock.seq++
	message["seq"] = sock.seq
	encoded, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return sock.write(ctx, encoded)
}

// Surplus events are as wrong as missing ones. What is sent though it should not be
// comes at about the time of what should be, so a short pause after the latter
// catches it; more would only slow every run down.
const eventsSettle = 30 * time.Millisecond

// readEvents takes all events since the last look, and keeps the ones that the
// step asks for, without order: that of events of different kinds is not certain.
func (r *run) readEvents(ctx context.Context, s *Step, want *StepOutcome) (*StepOutcome, error) {
	sock := r.sockets[s.Events]
	if sock == nil {
		return &StepOutcome{}, fmt.Errorf("%s does not listen", s.Events)
	}
	match := r.sub(s.Match)
	wanted := func(e event) bool {
		return slices.Contains(s.Only, e.kind()) && (match == "" || strings.Contains(canonical(e), match))
	}
	if want == nil {
		sock.events.awaitSilence(ctx, wanted, 900*time.Millisecond)
	} else {
		sock.events.await(ctx, len(want.Events), wanted, r.target.Patience)
		pause(ctx, eventsSettle)
	}
	o := &StepOutcome{}
	for _, e := range sock.events.take(func(event) bool { return true }) {
		if !wanted(e) {
			continue
		}
		v := unpack(map[string]any(e))
		r.saveFrom(v, s)
		delete(e, "seq")
		o.Events = append(o.Events, r.clean(v, s))
	}
	sortCanonical(o.Events)
	return o, nil
}
