package recorder

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"slices"
	"time"
)

// Before a request passes, the journal is to have what the server had to say on websockets
// of those before. A ping on each of them tells: servers that answer it when they have come
// to it, as a fake does, have said all by then. Others have at least had the time. The
// client sees nothing of it.

// settleTime is how long an answer to a ping may take. A server that takes longer is not
// asked again.
const settleTime = time.Second

// settle waits until all websockets have been told what there was to tell, or until gone.
func (p *Proxy) settle(gone <-chan struct{}) {
	p.mu.Lock()
	open := slices.Clone(p.tunnels)
	p.mu.Unlock()
	if len(open) == 0 {
		return
	}
	answers := make([]<-chan struct{}, len(open))
	for i, t := range open {
		answers[i] = t.ping()
	}
	late := time.NewTimer(settleTime)
	defer late.Stop()
	for i, answer := range answers {
		select {
		case <-answer:
		case <-gone:
			return
		case <-late.C:
			for j := i; j < len(open); j++ {
				open[j].deafenUnless(answers[j])
			}
			return
		}
	}
}

func (p *Proxy) joined(t *tunnel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tunnels = append(p.tunnels, t)
}

func (p *Proxy) left(t *tunnel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tunnels = slices.DeleteFunc(p.tunnels, func(other *tunnel) bool { return other == t })
}

// pingMark begins the content of the proxy's own pings; a number follows.
var pingMark = []byte("recorder.proxy ")

// ping returns what is closed when the server has answered all that it was sent by now.
func (t *tunnel) ping() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	answered := make(chan struct{})
	if t.deaf {
		close(answered)
		return answered
	}
	t.pings++
	t.waiting = append(t.waiting, answered)
	t.owed = true
	t.payPing()
	return answered
}

// payPing sends the latest ping, if it is owed and the client is between two frames. t.mu
// must be held.
func (t *tunnel) payPing() {
	if !t.owed || !t.fromClient.atHead() {
		return
	}
	t.owed = false
	content := binary.BigEndian.AppendUint64(bytes.Clone(pingMark), t.pings)
	var mask [4]byte
	rand.Read(mask[:]) // never fails
	frame := append([]byte{0x80 | opPing, 0x80 | byte(len(content))}, mask[:]...)
	for i, c := range content {
		frame = append(frame, c^mask[i%4])
	}
	if _, err := t.stream.Write(frame); err != nil {
		t.deafen()
	}
}

// heard takes the content of a pong, and tells whether it answers the proxy.
func (t *tunnel) heard(content []byte) bool {
	number, own := bytes.CutPrefix(content, pingMark)
	if !own || len(number) != 8 {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	left := t.pings - binary.BigEndian.Uint64(number) // are still to be answered
	for uint64(len(t.waiting)) > left {
		close(t.waiting[0])
		t.waiting = t.waiting[1:]
	}
	return true
}

// deafen has nobody wait any more. t.mu must be held.
func (t *tunnel) deafen() {
	t.deaf = true
	for _, answered := range t.waiting {
		close(answered)
	}
	t.waiting = nil
}

// deafenUnless deafens the tunnel if an answer has not come.
func (t *tunnel) deafenUnless(answer <-chan struct{}) {
	select {
	case <-answer:
	default:
		t.mu.Lock()
		defer t.mu.Unlock()
		t.deafen()
	}
}
