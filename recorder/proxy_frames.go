package recorder

import (
	"encoding/binary"
	"fmt"
)

// A frameReader finds the messages in what one side of a websocket sends (RFC 6455, 5.2),
// as it passes. It keeps of a message what a tally keeps, and holds nothing up but the head
// of a frame until that is complete, and pongs. Pings, pongs and close frames are no
// messages.
type frameReader struct {
	newTally func() *tally
	emit     func(m Message, problem string)
	isOwn    func(pong []byte) bool // tells which pongs are not to be passed on; nil for none

	head    []byte // the beginning of a frame, as far as it has come
	frame   frame
	left    uint64 // bytes of the frame's content that are still to come
	inFrame bool   // its head has been read
	held    []byte // the content of a pong, as far as it has come
	message *tally // the message of which a part has come; nil between messages
	ended   bool   // nothing is read any more
}

// A frame is what its head says of it.
type frame struct {
	op, length   byte
	last, masked bool
	mask         [4]byte
	at           int // how much of its content was unmasked
}

func (f *frame) control() bool { return f.op >= opClose }

const (
	opContinuation = 0
	opBinary       = 2
	opClose        = 8
	opPing         = 9
	opPong         = 10
)

// between tells whether the next byte begins a message, or a frame that is none.
func (r *frameReader) between() bool { return r.atHead() && r.message == nil }

// atHead tells whether the next byte begins a frame.
func (r *frameReader) atHead() bool { return !r.inFrame && len(r.head) == 0 && !r.ended }

// feed takes the next bytes, and returns those that are to be passed on. It does not keep
// what it is given.
func (r *frameReader) feed(b []byte) (pass []byte) {
	pass = make([]byte, 0, len(b)+len(r.head))
	for len(b) > 0 {
		switch {
		case r.ended:
			return append(pass, b...)
		case r.inFrame:
			b, pass = r.readContent(b, pass)
		default:
			b, pass = r.readHead(b, pass)
		}
	}
	return pass
}

// readHead takes bytes of a frame's head, and returns the rest.
func (r *frameReader) readHead(b, pass []byte) (rest, passed []byte) {
	for len(b) > 0 {
		r.head = append(r.head, b[0])
		b = b[1:]
		if len(r.head) >= 2 && len(r.head) == headLength(r.head[1]) {
			r.begin()
			if r.isPong() {
				r.held = append(r.held[:0], r.head...)
			} else {
				pass = append(pass, r.head...)
			}
			r.head = r.head[:0]
			return b, r.endFrame(pass)
		}
	}
	return b, pass
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
	r.frame = frame{op: r.head[0] & 0x0f, length: r.head[1] & 0x7f, last: r.head[0]&0x80 != 0, masked: r.head[1]&0x80 != 0}
	r.left = uint64(r.frame.length)
	switch r.frame.length {
	case 126:
		r.left = uint64(binary.BigEndian.Uint16(r.head[2:]))
	case 127:
		r.left = binary.BigEndian.Uint64(r.head[2:])
	}
	if r.frame.masked {
		copy(r.frame.mask[:], r.head[len(r.head)-4:])
	}
	if !r.fits() {
		r.stop(fmt.Sprintf("what follows on this connection is no websocket frame (it begins with %x)", r.head))
		return
	}
	if r.message == nil && !r.frame.control() {
		r.message = r.newTally()
	}
	r.inFrame = true
}

// fits tells whether the frame can be where it is.
func (r *frameReader) fits() bool {
	switch f := &r.frame; {
	case f.control():
		return f.op <= opPong && f.length < 126 && f.last
	case r.left > 1<<62 || f.op > opBinary:
		return false
	default:
		return (f.op == opContinuation) == (r.message != nil)
	}
}

func (r *frameReader) isPong() bool { return r.inFrame && r.frame.op == opPong && r.isOwn != nil }

// readContent takes bytes of a frame's content, and returns the rest.
func (r *frameReader) readContent(b, pass []byte) (rest, passed []byte) {
	n := int(min(r.left, uint64(len(b))))
	content := b[:n]
	r.left -= uint64(n)
	switch {
	case r.isPong():
		r.held = append(r.held, content...)
	default:
		pass = append(pass, content...)
		if !r.frame.control() {
			r.keep(content)
		}
	}
	return b[n:], r.endFrame(pass)
}

// keep adds content to the message, without its mask.
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
func (r *frameReader) endFrame(pass []byte) []byte {
	if !r.inFrame || r.left > 0 {
		return pass
	}
	if r.isPong() && !r.isOwn(r.held[len(r.held)-int(r.frame.length):]) {
		pass = append(pass, r.held...)
	}
	r.inFrame, r.held = false, r.held[:0]
	if r.frame.last && !r.frame.control() {
		m := r.message.message(nil)
		r.message = nil
		r.emit(m, "")
	}
	return pass
}

// end is told that nothing follows, and returns what was held up. A message that is not
// complete is the journal's too.
func (r *frameReader) end(who string) (pass []byte) {
	if r.ended {
		return nil
	}
	pass = append(r.held, r.head...)
	r.held, r.head = nil, nil
	if r.message == nil {
		r.ended = true
		return pass
	}
	r.stop(fmt.Sprintf("%s broke this message off after %d bytes", who, r.message.size()))
	return pass
}

// stop reads nothing more, and says why.
func (r *frameReader) stop(problem string) {
	r.ended, r.inFrame = true, false
	var m Message
	if r.message != nil {
		m = r.message.message(nil)
	}
	r.emit(m, problem)
}
