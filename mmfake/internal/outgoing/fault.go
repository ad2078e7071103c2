package outgoing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// pass sends one request, unless a fault strikes it: then the integration, or the
// network before it, does what the fault says, as the server sees it.
func (t *trip) pass(req *http.Request) (*http.Response, error) {
	if !t.client.options.Faults.Any() {
		return t.send(req)
	}
	f := t.client.options.Faults.OnRequest(t.hop)
	if f == nil {
		return t.send(req)
	}
	t.hop.Fault, t.struck = f.Words, true
	ctx := req.Context()
	if err := pause(ctx, f.Delay); err != nil {
		return nil, err
	}
	switch {
	case f.Hang:
		<-ctx.Done()
		return nil, ctx.Err()
	case f.Reset:
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	case f.Problem() != nil:
		return ordered(req, f)
	case f.Rate != nil:
		if verdict := f.Rate.Take(time.Now()); verdict.Refused {
			header := http.Header{"Content-Type": {"text/plain; charset=utf-8"}, "Retry-After": {verdict.RetryAfter()}}
			return answering(req, http.StatusTooManyRequests, header, []byte("limit exceeded\n")), nil
		}
		t.hop.Fault += ", let through"
	}
	resp, err := t.send(req)
	if err != nil || !f.SpoilsAnswer() {
		return resp, err
	}
	return spoilt(ctx, resp, f)
}

// pause waits, as long as there is somebody to wait for.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ordered is an answer with the error that a fault orders.
func ordered(req *http.Request, f *faults.Fault) (*http.Response, error) {
	body, err := json.Marshal(f.Problem())
	return answering(req, f.Status, http.Header{"Content-Type": {"application/json"}}, body), err
}

// answering is an answer that no integration gave.
func answering(req *http.Request, status int, header http.Header, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req,
	}
}

// spoilt is an answer as a fault lets it arrive.
func spoilt(ctx context.Context, resp *http.Response, f *faults.Fault) (*http.Response, error) {
	whole, err := io.ReadAll(io.LimitReader(resp.Body, world.MostAnswer))
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	body, length, cut := f.Spoil(whole)
	size, wait := f.Pieces(body)
	resp.Body = &arriving{ctx: ctx, rest: body, size: size, pause: wait, cut: cut != ""}
	resp.ContentLength = int64(length)
	resp.Header = resp.Header.Clone()
	resp.Header.Set("Content-Length", fmt.Sprint(length))
	return resp, nil
}

// arriving is a body that comes in pieces, and may break off.
type arriving struct {
	ctx   context.Context
	rest  []byte
	size  int           // of a piece
	pause time.Duration // before each
	cut   bool          // it breaks off
}

func (a *arriving) Read(b []byte) (int, error) {
	switch {
	case len(a.rest) == 0 && a.cut:
		return 0, io.ErrUnexpectedEOF
	case len(a.rest) == 0:
		return 0, io.EOF
	}
	if err := pause(a.ctx, a.pause); err != nil {
		return 0, err
	}
	n := copy(b, a.rest[:min(a.size, len(a.rest))])
	a.rest = a.rest[n:]
	return n, nil
}

func (a *arriving) Close() error { return nil }
