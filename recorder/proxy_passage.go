package recorder

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A passage is a request on its way through a proxy, and the answer on its way back. Only
// the goroutine that serves the request uses it, save for what is guarded.
type passage struct {
	proxy    *Proxy
	ctx      context.Context // ends when the client goes, or the proxy is closed
	to       string          // to whom, in words
	in       *http.Request
	out      http.ResponseWriter
	ex       *Exchange
	over     bool // the journal has the exchange
	asked    *tally
	answered *answerTally // nil before there is an answer
	body     *askedBody   // nil for a request without one
}

type passageKey struct{}

func passageOf(ctx context.Context) *passage { return ctx.Value(passageKey{}).(*passage) }

// An askedBody is the body of a request. The transport reads it, in a goroutine of its own.
type askedBody struct {
	io.ReadCloser
	asked *tally

	reading sync.Mutex            // held while the body is read
	lost    atomic.Pointer[error] // why the request could not be read; nil while it could
}

func (b *askedBody) Read(buffer []byte) (int, error) {
	b.reading.Lock()
	defer b.reading.Unlock()
	n, err := b.ReadCloser.Read(buffer)
	b.asked.Write(buffer[:n])
	if err != nil && err != io.EOF {
		b.lost.CompareAndSwap(nil, &err)
	}
	return n, err
}

// readRest reads what nobody else has read, so that the journal has it: as much as the
// journal keeps, and as long as a client may take that waits for an answer.
func (t *passage) readRest(w http.ResponseWriter) {
	if t.body == nil || t.body.lost.Load() != nil {
		return
	}
	connection := http.NewResponseController(w)
	connection.SetReadDeadline(time.Now().Add(restTime)) // fails where no client is
	io.CopyN(io.Discard, t.body, int64(t.asked.keep))
	connection.SetReadDeadline(time.Time{})
}

const restTime = 2 * time.Second

// answer takes the answer, whose body is yet to come.
func (t *passage) answer(resp *http.Response) {
	t.ex.Response = Response{Status: resp.StatusCode, Message: Message{Header: resp.Header}}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		t.proxy.openTunnel(t, resp)
		return
	}
	t.answered = newAnswerTally(t.proxy.newTally(), resp.Header)
	if resp.ContentLength == 0 || resp.Body == http.NoBody || resp.Request.Method == http.MethodHead {
		t.finish("")
		return
	}
	resp.Body = &answerBody{ReadCloser: resp.Body, passage: t, left: resp.ContentLength}
}

// An answerBody is the body of an answer. The exchange is in the journal before the last
// byte of it is passed on. What has come is passed on before more is waited for.
type answerBody struct {
	io.ReadCloser
	passage *passage
	left    int64 // bytes that are still to come; negative if nobody knows
	began   bool  // something has come
}

func (b *answerBody) Read(buffer []byte) (int, error) {
	if b.began && !b.passage.over {
		http.NewResponseController(b.passage.out).Flush() // fails where no client is
	}
	b.began = true
	n, err := b.ReadCloser.Read(buffer)
	t := b.passage
	t.answered.Write(buffer[:n])
	known := b.left >= 0
	b.left -= int64(n)
	switch {
	case err == io.EOF, err == nil && known && b.left == 0:
		t.finish("")
	case err != nil && t.ctx.Err() == nil:
		t.finish(fmt.Sprintf("%s broke its answer off after %d bytes: %s", t.to, t.answered.passed(), innermost(err)))
	}
	return n, err
}

// finish puts the exchange into the journal, if that has not been done, with what cut it
// off if something did.
func (t *passage) finish(problem string) {
	if t.over {
		return
	}
	t.over = true
	ex := t.ex
	ex.Duration = time.Since(ex.Time)
	ex.Request.Message = t.asked.message(ex.Request.Header)
	if announced := t.in.ContentLength; announced > ex.Request.Size {
		ex.Request.Size, ex.Request.Truncated = announced, true
	}
	if t.answered != nil {
		var undecoded string
		ex.Response.Message, undecoded = t.answered.message(ex.Response.Header)
		if problem == "" {
			problem = undecoded
		}
	}
	ex.Err = problem
	t.proxy.append(ex)
}

// abandon finishes what nothing else has finished: the client went, or the proxy was
// closed.
func (t *passage) abandon() {
	why := "the client went"
	if context.Cause(t.ctx) == errProxyClosed {
		why = errProxyClosed.Error()
	}
	when := " before it had an answer"
	if t.answered != nil {
		when = " before it had all of the answer"
	}
	t.finish(why + when)
}

// fail tells the client why there is no answer.
func (t *passage) fail(w http.ResponseWriter, err error) {
	var lost *error
	if t.body != nil {
		lost = t.body.lost.Load()
	}
	switch {
	case t.over, t.ctx.Err() != nil:
		panic(http.ErrAbortHandler) // cuts the connection; abandon says why
	case lost != nil:
		t.tell(w, http.StatusBadRequest, fmt.Sprintf("the request broke off after %d bytes: %s", t.asked.size(), innermost(*lost)))
	case isTimeout(err):
		t.tell(w, http.StatusGatewayTimeout, t.to+" "+t.proxy.whyNoAnswer(err))
	default:
		t.tell(w, http.StatusBadGateway, t.to+" "+t.proxy.whyNoAnswer(err))
	}
}

// proxyProblem is the error id of answers that are the proxy's own.
const proxyProblem = "recorder.proxy"

// tell answers with a problem, which the journal has too.
func (t *passage) tell(w http.ResponseWriter, status int, problem string) {
	t.readRest(w)
	body, _ := encodeJSON(map[string]any{"id": proxyProblem, "message": problem, "status_code": status}) // texts encode
	header := http.Header{"Content-Type": {"application/json"}}
	t.ex.Response = Response{Status: status, Message: Message{Header: header}}
	t.answered = newAnswerTally(t.proxy.newTally(), nil)
	t.answered.Write(body)
	t.finish(problem)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body)
}

// whyNoAnswer says what went wrong before there was an answer.
func (p *Proxy) whyNoAnswer(err error) string {
	certificate, uncertified := errors.AsType[*tls.CertificateVerificationError](err)
	op, failed := errors.AsType[*net.OpError](err)
	switch {
	case uncertified:
		return "has a certificate that is not valid: " + certificate.Err.Error()
	case failed && op.Op == "dial":
		return "cannot be reached: " + innermost(err).Error()
	case isTimeout(err):
		return "has not answered within " + p.transport.ResponseHeaderTimeout.String()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "ended the connection without an answer"
	}
	return "has not answered: " + strings.TrimPrefix(innermost(err).Error(), "net/http: ")
}

func isTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}

// innermost is the innermost of an error's causes: what the system said, without ports,
// addresses and numbers of streams that are others in the next run.
func innermost(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	if said := err.Error(); streamNumber.MatchString(said) {
		return errors.New(streamNumber.ReplaceAllString(said, ""))
	}
	return err
}

// streamNumber is what net/http says of which of a connection's HTTP/2 streams has failed.
var streamNumber = regexp.MustCompile(`stream ID [0-9]+; `)
