package rest

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// errFault is the answer of a fault that says no more than a status.
func errFault(status int) world.Problem {
	return world.NewProblem(status, "mmfake.fault", "The test asked for this answer, with mmfake.Status(%d).")
}

// struck lets a fault strike the call before it is carried out. It returns true
// where nothing is left to do. The route and the session are known by now.
func (c *call) struck() bool {
	c.readAhead()
	ex := c.exchange()
	ex.Duration, ex.Response = 0, recorder.Response{}
	f := c.api.Faults.OnRequest(ex)
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
	case f.Status != 0 && f.ErrorID != "":
		c.failFresh(world.NewProblem(f.Status, f.ErrorID, "The test asked for this error, with mmfake.Error.").With())
	case f.Status != 0:
		c.failFresh(errFault(f.Status).With(f.Status))
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

// failFresh answers with an error, and nothing of what was prepared before.
func (c *call) failFresh(err error) {
	clear(c.w.Header())
	c.fail(err)
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
	c.api.Journal.Append(ex)
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
		h["Retry-After"] = seconds(v.Retry)
	}
	h["X-Ratelimit-Limit"] = []string{strconv.Itoa(v.Limit)}
	h["X-Ratelimit-Remaining"] = []string{strconv.Itoa(v.Remaining)}
	h["X-Ratelimit-Reset"] = seconds(v.Reset)
	if !v.Refused {
		c.faultWords += ", let through"
		return false
	}
	c.status, c.unversioned = http.StatusTooManyRequests, true
	c.send([]string{"text/plain; charset=utf-8"}, []byte("limit exceeded\n"))
	return true
}

func seconds(d time.Duration) []string {
	return []string{strconv.Itoa(int((d + time.Second - 1) / time.Second))}
}

// writeSpoilt sends the body of an answer as a fault wants it; the headers are set.
// The exchange is in the journal before the first byte leaves.
func (c *call) writeSpoilt(body []byte) {
	f, cut := c.fault, false
	if f.Malformed {
		body = append(slices.Clone(body[:len(body)/2]), "<html>"...)
	}
	c.w.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	if f.Truncate.On && f.Truncate.At < len(body) {
		body, cut = body[:f.Truncate.At], true
	}
	c.sent = body
	ex := c.exchange()
	if cut {
		ex.Err = "the answer broke off after " + strconv.Itoa(len(body)) + " bytes"
	}
	c.api.Journal.Append(ex)
	c.w.WriteHeader(c.status)
	c.writeSlowly(body, f.Slow)
	if cut {
		http.NewResponseController(c.w).Flush()
		panic(http.ErrAbortHandler) // closes the connection
	}
}

const slowPieces = 10 // that a slow body comes in

// writeSlowly takes a time for a body.
func (c *call) writeSlowly(body []byte, d time.Duration) {
	if d == 0 {
		c.w.Write(body)
		return
	}
	flusher := http.NewResponseController(c.w)
	flusher.Flush() // the headers come at once
	size := max(1, (len(body)+slowPieces-1)/slowPieces)
	pieces := time.Duration((len(body) + size - 1) / size)
	for piece := range slices.Chunk(body, size) {
		c.pause(d / pieces)
		c.w.Write(piece)
		flusher.Flush()
	}
}
