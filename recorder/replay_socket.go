package recorder

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/coder/websocket"
)

// A replayMessage is a recorded websocket message to a client.
type replayMessage struct {
	actor string
	on    int // the number of the exchange that began its connection; 0 if there is none
	shown *value
}

// A replaySocket is a client's connection.
type replaySocket struct {
	began int    // the number of the exchange that has begun it
	actor string // whose it is, "" while nobody is known
	queue []queuedMessage
	wake  chan struct{} // there is something in the queue
}

// A queuedMessage is to be sent to a client.
type queuedMessage struct {
	form websocket.MessageType
	body []byte
}

// formOf is how a recorded message is sent: as bytes where it is no text.
func formOf(message *value) websocket.MessageType {
	if message.get("base64") != nil {
		return websocket.MessageBinary
	}
	return websocket.MessageText
}

// release sends the messages that follow a step.
func (r *Replay) release(s *step) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range s.messages {
		r.deliver(m)
	}
}

// deliver puts a message into the queue of the connection that it is for, or lets it
// wait for that. r.mu must be held.
func (r *Replay) deliver(m *replayMessage) {
	for _, socket := range r.sockets {
		if socket.began == m.on || m.on == 0 && (socket.actor == "" || socket.actor == m.actor) {
			socket.actor = m.actor
			message := r.values.fixture().foldMessage(m.shown)
			socket.queue = append(socket.queue, queuedMessage{formOf(m.shown), message.Body})
			select {
			case socket.wake <- struct{}{}:
			default:
			}
			return
		}
	}
	r.waiting = append(r.waiting, m)
}

// serveSocket takes a connection over, sends on it what comes, and reads what the
// client sends.
func (r *Replay) serveSocket(w http.ResponseWriter, req *http.Request, s *step, actor string) {
	ws, err := websocket.Accept(w, req, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // it has answered
	}
	socket := &replaySocket{began: s.number, actor: actor, wake: make(chan struct{}, 1)}
	if !r.enter() {
		ws.CloseNow()
		return
	}
	var reading sync.WaitGroup
	defer r.running.Done()
	defer reading.Wait()
	defer ws.CloseNow()
	r.mu.Lock()
	r.sockets = append(r.sockets, socket)
	waiting := r.waiting
	r.waiting = nil
	for _, m := range append(waiting, s.messages...) {
		r.deliver(m)
	}
	r.mu.Unlock()
	defer r.leave(socket)

	ctx, gone := context.WithCancel(req.Context())
	defer context.AfterFunc(r.ctx, gone)()
	defer gone()
	reading.Go(func() {
		defer gone()
		r.readSocket(ctx, ws, s)
	})
	for {
		for _, m := range r.take(socket) {
			if ws.Write(ctx, m.form, m.body) != nil {
				return
			}
		}
		select {
		case <-socket.wake:
		case <-ctx.Done():
			return
		}
	}
}

// enter counts a connection among those that Close waits for. It returns false after
// Close.
func (r *Replay) enter() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx.Err() != nil {
		return false
	}
	r.running.Add(1)
	return true
}

// readSocket holds what the client sends on the connection that a step began against the
// fixture until it goes.
func (r *Replay) readSocket(ctx context.Context, ws *websocket.Conn, began *step) {
	path := began.shown.get("request").string("path")
	for {
		_, body, err := ws.Read(ctx)
		if err != nil {
			return
		}
		if _, s, _ := r.answer(&Request{Path: path, Message: Message{Body: body}}, began.number); s != nil {
			r.release(s)
		}
	}
}

func (r *Replay) take(socket *replaySocket) []queuedMessage {
	r.mu.Lock()
	defer r.mu.Unlock()
	queue := socket.queue
	socket.queue = nil
	return queue
}

func (r *Replay) leave(socket *replaySocket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sockets = slices.DeleteFunc(r.sockets, func(other *replaySocket) bool { return other == socket })
}
