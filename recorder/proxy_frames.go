package recorder

import (
	"encoding/binary"
	"fmt"
	"sync"
)

// A frameReader finds the messages in what one side of a websocket sends (RFC 6455, 5.2),
// without holding anything up: it is fed the bytes as they pass. It keeps of a message
// what a tally keeps. Pings, pongs and close frames are no messages.
type frameReader struct {
	newTally func() *tally
	emit     func(m Message, problem string)

	mu      sync.Mutex
	head    []byte // the beginning of a frame, as far as it has come; guarded by mu, as what follows
	frame   frame
	left    int64  // bytes of the frame's content that are still to come
	inFrame bool   // its head has been read
	message *tally // the message of which a part has come; nil between messages
	ended   bool   // nothing is read any more
}

// A frame is what its head says of it.
type frame struct {
	last, control bool
	masked        bool
	mask          [4]byte
	at            int // how much of its content has come, for the mask
}

const (
	opContinuation = 0
	opBinary       = 2
	opClose        = 8
	opPong         = 10

	longestHead = 14 // bytes
)

// feed takes the next bytes.
func (r *frameReader) feed(b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(b) > 0 && !r.ended {
		if !r.inFrame {
			b = r.readHead(b)
			continue
		}
		b = r.readContent(b)
	}
}

// readHead takes bytes of a frame's head, and returns the rest.
func (r *frameReader) readHead(b []byte) []byte {
	for len(b) > 0 {
		r.head = append(r.head, b[0])
		b = b[1:]
		if len(r.head) >= 2 && len(r.head) == headLength(r.head[1]) {
			r.begin()
			return b
		}
	}
	return b
}

// headLength is how long a head is, by its second byte.
func headLength(second byte) int {
	length := 2
	switch second & 0x7f {
	case 126:
		length += 2
	case 127:
		length += 8
	}
	if second&0x80 != 0 {
		length += 4
	}
	return length
}

// begin begins the frame whose head has come.
func (r *frameReader) begin() {
	op := r.head[0] & 0x0f
	r.frame = frame{last: r.head[0]&0x80 != 0, control: op >= opClose, masked: r.head[1]&0x80 != 0}
	length := uint64(r.head[1] & 0x7f)
	switch length {
	case 126:
		length = uint64(binary.BigEndian.Uint16(r.head[2:]))
	case 127:
		length = binary.BigEndian.Uint64(r.head[2:])
	}
	if r.frame.masked {
		copy(r.frame.mask[:], r.head[len(r.head)-4:])
	}
	known := op <= opBinary || op >= opClose && op <= opPong
	continues := op == opContinuation
	if !known || length > 1<<62 || !r.frame.control && continues != (r.message != nil) {
		r.stop(fmt.Sprintf("what follows on this connection is no websocket frame (it begins with %x)", r.head))
		return
	}
	if !r.frame.control && !continues {
		r.message = r.newTally()
	}
	r.head, r.left, r.inFrame = r.head[:0], int64(length), true
	r.endFrame()
}

// readContent takes bytes of a frame's content, and returns the rest.
func (r *frameReader) readContent(b []byte) []byte {
	n := int(min(r.left, int64(len(b))))
	if !r.frame.control {
		r.keep(b[:n])
	}
	r.left -= int64(n)
	r.endFrame()
	return b[n:]
}

// keep adds content to the message, without its mask. The bytes stay as they are.
func (r *frameReader) keep(content []byte) {
	if !r.frame.masked || r.message.full() {
		r.message.Write(content)
		return
	}
	plain := make([]byte, len(content))
	for i, c := range content {
		plain[i] = c ^ r.frame.mask[(r.frame.at+i)%4]
	}
	r.frame.at += len(content)
	r.message.Write(plain)
}

// endFrame ends a frame of which all has come, and with it perhaps a message.
func (r *frameReader) endFrame() {
	if r.left > 0 {
		return
	}
	r.inFrame = false
	if r.frame.last && !r.frame.control {
		m := r.message.message(nil)
		r.message = nil
		r.emit(m, "")
	}
}

// end is told that nothing follows. A message that is not complete is the journal's too.
func (r *frameReader) end(who string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.message == nil {
		r.ended = true
		return
	}
	r.stop(fmt.Sprintf("%s broke this message off after %d bytes", who, r.message.size()))
}

// stop reads nothing more, and says why. r.mu must be held.
func (r *frameReader) stop(problem string) {
	r.ended = true
	var m Message
	if r.message != nil {
		m = r.message.message(nil)
	}
	r.emit(m, problem)
}
