package outgoing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A trip is one call with its redirects: the http.RoundTripper that sends each of
// its requests and keeps what was sent.
type trip struct {
	client *Client
	actor  string
	hop    *recorder.Exchange // the latest request
	start  time.Time
	struck bool // by a fault
}

// do makes the requests and reads the final answer.
func (t *trip) do(ctx context.Context, cb *world.Callback) *world.CallbackAnswer {
	req, err := http.NewRequestWithContext(ctx, cb.Method, cb.URL, bytes.NewReader(cb.Body))
	if err != nil {
		return &world.CallbackAnswer{Err: fmt.Errorf("the integration's URL is none: %w", err)}
	}
	if req.URL.Host == "" {
		return &world.CallbackAnswer{Err: fmt.Errorf("the integration's URL %s has no host, and the fake has no plugins: give a whole URL", cb.URL)}
	}
	req.Header = cb.Header.Clone()
	client := http.Client{Transport: t, CheckRedirect: t.follow}
	resp, err := client.Do(req)
	if err != nil {
		return &world.CallbackAnswer{Err: explain(ctx, err)}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, world.MostAnswer))
	t.hop.Response.Body = body
	t.hop.Duration = time.Since(t.start)
	if err != nil {
		err = explain(ctx, fmt.Errorf("its answer broke off: %w", err))
	}
	return &world.CallbackAnswer{Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: body, Err: err}
}

const mostRedirects = 10 // as many as Go's client follows by itself

// follow lets a redirect be followed. Old servers are built with a Go that says of what
// kind the body is where the next request has none.
func (t *trip) follow(next *http.Request, before []*http.Request) error {
	if len(before) >= mostRedirects {
		return fmt.Errorf("stopped after %d redirects", mostRedirects)
	}
	kind := before[0].Header["Content-Type"]
	if kind != nil && !t.client.world.Version().Has(versions.RedirectsWithoutType) {
		next.Header["Content-Type"] = kind
	}
	return nil
}

// explain says why there is no answer.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return fmt.Errorf("the integration did not answer: %w", err)
}

// RoundTrip sends one request: to a mounted handler, or over the network. That
// there is another one means that the one before was answered by a redirect.
func (t *trip) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.hop != nil {
		t.client.journal.Append(t.hop)
	}
	t.start = time.Now()
	t.hop = t.exchange(req)
	resp, err := t.pass(req)
	t.hop.Duration = time.Since(t.start)
	if err == nil {
		t.hop.Response.Status, t.hop.Response.Header = resp.StatusCode, resp.Header
	}
	return resp, err
}

func (t *trip) send(req *http.Request) (*http.Response, error) {
	if h := t.client.mounts.find(req.URL); h != nil {
		return t.client.serve(h, req)
	}
	resp, err := t.client.transport().RoundTrip(req)
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		err = fmt.Errorf("%w, and no handler is mounted there with mmfake.Server.Mount (%s)", err, t.client.mounts.where())
	}
	return resp, err
}

// exchange is a request as the journal holds it.
func (t *trip) exchange(req *http.Request) *recorder.Exchange {
	ex := &recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out, Began: t.client.journal.Begin(), Actor: t.actor, Time: t.start,
		Request: recorder.Request{
			Method: req.Method, Origin: req.URL.Scheme + "://" + req.URL.Host, Path: req.URL.Path, Query: req.URL.RawQuery,
			Message: recorder.Message{Header: req.Header.Clone()},
		},
	}
	if req.GetBody != nil {
		if body, err := req.GetBody(); err == nil {
			ex.Request.Body, _ = io.ReadAll(body) // from memory
		}
	}
	return ex
}

// last is the exchange of the final request, also where it was never sent.
func (t *trip) last(cb *world.Callback) *recorder.Exchange {
	if t.hop != nil {
		return t.hop
	}
	ex := &recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out, Actor: cb.Actor, Time: time.Now(),
		Request: recorder.Request{Method: cb.Method, Path: cb.URL, Message: recorder.Message{Header: cb.Header.Clone(), Body: cb.Body}},
	}
	if u, err := url.Parse(cb.URL); err == nil && u.Host != "" {
		ex.Request.Origin, ex.Request.Path, ex.Request.Query = u.Scheme+"://"+u.Host, u.Path, u.RawQuery
	}
	return ex
}
