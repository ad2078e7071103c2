package recorder

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

// A tally keeps the beginning of a body and counts the rest.
type tally struct {
	keep int // bytes

	mu    sync.Mutex
	body  []byte // guarded by mu
	count int64  // guarded by mu
}

func (t *tally) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count += int64(len(b))
	if room := t.keep - len(t.body); room > 0 {
		t.body = append(t.body, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

func (t *tally) size() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}

// full tells whether more is only counted.
func (t *tally) full() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.body) >= t.keep
}

// message returns what was kept. What is written later does not change it.
func (t *tally) message(header http.Header) Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	kept := t.body[:len(t.body):len(t.body)]
	return Message{Header: header, Body: kept, Size: t.count, Truncated: t.count > int64(len(kept))}
}

// An answerTally is the tally of an answer's body, decoded if that is gzip.
type answerTally struct {
	decoded *tally
	encoded *unzipper // nil for a body that is not encoded
}

func newAnswerTally(decoded *tally, header http.Header) *answerTally {
	t := &answerTally{decoded: decoded}
	if strings.EqualFold(header.Get("Content-Encoding"), "gzip") {
		t.encoded = &unzipper{to: decoded}
	}
	return t
}

func (t *answerTally) Write(b []byte) {
	if t.encoded != nil {
		t.encoded.Write(b)
		return
	}
	t.decoded.Write(b)
}

// passed is how many bytes have been passed on.
func (t *answerTally) passed() int64 {
	if t.encoded != nil {
		return t.encoded.count
	}
	return t.decoded.size()
}

// message ends the tally; the problem says what was wrong with the encoding.
func (t *answerTally) message(header http.Header) (m Message, problem string) {
	if t.encoded != nil {
		problem = t.encoded.end()
	}
	return t.decoded.message(header), problem
}

// An unzipper decodes a body while it passes, without keeping any of it. It starts with
// the first byte.
type unzipper struct {
	to    *tally
	count int64 // bytes written
	in    *io.PipeWriter
	done  chan error
}

func (z *unzipper) Write(b []byte) {
	if len(b) == 0 {
		return
	}
	if z.in == nil {
		var out *io.PipeReader
		out, z.in = io.Pipe()
		z.done = make(chan error, 1)
		go z.run(out)
	}
	z.count += int64(len(b))
	z.in.Write(b) // fails where the rest does not matter
}

func (z *unzipper) run(out *io.PipeReader) {
	decoder, err := gzip.NewReader(out)
	if err == nil {
		_, err = io.Copy(z.to, decoder)
	}
	out.CloseWithError(io.ErrClosedPipe) // what still comes is not looked at
	z.done <- err
}

// end waits until all is decoded.
func (z *unzipper) end() string {
	if z.in == nil {
		return ""
	}
	z.in.Close()
	if err := <-z.done; err != nil {
		return "the answer is not the gzip that its headers promise: " + err.Error()
	}
	return ""
}
