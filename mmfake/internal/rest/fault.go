package rest

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// struck lets a fault strike the call before it is carried out. It returns true
// where nothing is left to do. The route and the session are known by now.
func (c *call) struck() bool {
	c.readAhead()
	ex := c.exchange()
	ex.Duration, ex.Response = 0, recorder.Response{}
	f := c.api.Faults.OnRequest(&ex)
	if f == nil {
		return false
	}
	c.fault, c.faultWords = f, f.Words
	if f.Delay > 0 {
		c.pause(f.Delay)
	}
	switch {
	case f.Hang:
		c.abandon("it was left without an answer")
		<-c.r.Context().Done()
		panic(http.ErrAbortHandler) // answers nothing
	case f.Reset:
		c.abandon("the connection was reset")
		c.reset()
	case f.RefuseUpgrade:
		c.refuseUpgrade(http.StatusBadRequest)
	case f.Problem() != nil:
		clear(c.w.Header()) // nothing of what was prepared before
		c.fail(f.Problem())
	case f.Rate != nil:
		return c.limited(f.Rate.Take(time.Now()))
	default:
		return false // it is the answer that goes wrong
	}
	return true
}

// readAhead lets a fault see the body, as far as one may be large, and leaves it to
// be read again.
func (c *call) readAhead() {
	if c.r.ContentLength == 0 {
		return
	}
	body, _ := io.ReadAll(io.LimitReader(c.r.Body, c.bodyLimit()+1)) // what is wrong with it shows again
	c.r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), c.r.Body))
	c.body = body
}

// pause waits, unless the client goes or the server closes: then it ends the call.
func (c *call) pause(d time.Duration) {
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-c.r.Context().Done():
		c.abandon("the client went, or the server was closed, before the delay was over")
		panic(http.ErrAbortHandler)
	}
}

// abandon puts a call that gets no answer into the journal.
func (c *call) abandon(why string) {
	if c.finished {
		return
	}
	c.finished = true
	c.readBody()
	ex := c.exchange()
	ex.Response, ex.Err = recorder.Response{}, why
	c.api.Journal.Append(&ex)
}

// reset cuts the connection off, so that the client sees it reset.
func (c *call) reset() {
	conn, _, err := http.NewResponseController(c.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the next best
	}
	if l, ok := conn.(interface{ SetLinger(seconds int) error }); ok {
		l.SetLinger(0)
	}
	conn.Close()
}

// limited tells the client of a rate limit, and returns true where its request is
// refused (facts 1.9).
func (c *call) limited(v faults.Verdict) bool {
	h := c.w.Header()
	if v.Refused {
		clear(h)
		h["Retry-After"] = []string{v.RetryAfter()}
	}
	h["X-Ratelimit-Limit"] = []string{strconv.Itoa(v.Limit)}
	h["X-Ratelimit-Remaining"] = []string{strconv.Itoa(v.Remaining)}
	h["X-Ratelimit-Reset"] = []string{faults.Seconds(v.Reset)}
	if !v.Refused {
		c.faultWords += ", let through"
		return false
	}
	c.status, c.unversioned = http.StatusTooManyRequests, true
	c.send(typeText, []byte("limit exceeded\n"))
	return true
}

// writeSpoilt sends the body of an answer as a fault wants it; the headers are set.
// The exchange is in the journal before the first byte leaves.
func (c *call) writeSpoilt(body []byte) {
	body, length, cut := c.fault.Spoil(body)
	c.w.Header()["Content-Length"] = []string{strconv.Itoa(length)}
	c.sent = body
	ex := c.exchange()
	ex.Err = cut
	c.api.Journal.Append(&ex)
	c.w.WriteHeader(c.status)
	c.writeSlowly(body)
	if cut != "" {
		http.NewResponseController(c.w).Flush()
		panic(http.ErrAbortHandler) // closes the connection
	}
}

// writeSlowly sends a body in pieces, if a fault wants it like that.
func (c *call) writeSlowly(body []byte) {
	size, pause := c.fault.Pieces(body)
	if pause == 0 {
		c.w.Write(body)
		return
	}
	flusher := http.NewResponseController(c.w)
	flusher.Flush() // the headers come at once
	for piece := range slices.Chunk(body, size) {
		c.pause(pause)
		c.w.Write(piece)
		flusher.Flush()
	}
}
