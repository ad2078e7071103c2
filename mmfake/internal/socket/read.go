package socket

import (
	"context"
	"errors"
	"strings"

	"github.com/coder/websocket"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// read carries out what the client asks for, until it sends something that cannot
// be understood or goes.
func (c *conn) read() {
	for {
		kind, text, err := c.ws.Read(context.Background())
		if err != nil {
			return
		}
		c.heard()
		r, err := decode(kind == websocket.MessageBinary && c.hub.version.Has(versions.BinaryRequests), text)
		ex := exchange(recorder.In, c.number, c.name(), text)
		ex.Fault = c.outage(r)
		c.hub.journal.Append(ex)
		if err != nil || !c.handle(r) {
			return
		}
	}
}

// name is that of the client's user, "" while nobody is known.
func (c *conn) name() string {
	if c.listener == nil {
		return ""
	}
	return c.listener.name
}

// outage says how a test has made the token invalid by which a request is made, ""
// where none has.
func (c *conn) outage(r *model.WebSocketRequest) string {
	switch {
	case c.listener != nil:
		return c.hub.world.Ended(c.session.Token)
	case r != nil && r.Action == model.ActionAuthenticationChallenge:
		token, _ := r.Data["token"].(string)
		return c.hub.world.Ended(token)
	}
	return ""
}

// pluginAction is what the actions begin with that go to plugins, which answer by
// events if at all (facts 11.2).
const pluginAction = "custom_"

// handle carries one request out. It returns false if the connection ends by it.
func (c *conn) handle(r *model.WebSocketRequest) bool {
	switch {
	case strings.HasPrefix(r.Action, pluginAction) && c.hub.version.Has(versions.PluginActions):
	case r.Action == "":
		c.fail(r, errNoAction.With())
	case r.Seq <= 0:
		c.fail(r, errBadSeq.With())
	case r.Action == model.ActionAuthenticationChallenge:
		return c.challenge(r)
	case c.listener == nil || !c.hub.world.Valid(c.session):
		c.fail(r, errNotAuthenticated.With())
	default:
		c.act(r)
	}
	return true
}

// challenge takes the client's token. One that is somebody already is not
// answered.
func (c *conn) challenge(r *model.WebSocketRequest) bool {
	if c.listener != nil {
		return true
	}
	token, _ := r.Data["token"].(string)
	as := c.hub.world.Authenticate(token)
	if as == nil || !c.hub.attach(c, as, resumption{}) {
		return false
	}
	c.heard()
	c.answer(r, nil)
	return true
}

// answer tells the client that its request was carried out.
func (c *conn) answer(r *model.WebSocketRequest, data map[string]any) {
	c.reply(&model.WebSocketReply{Status: model.WebSocketOK, SeqReply: r.Seq, Data: data})
}

// fail tells the client why its request was not carried out.
func (c *conn) fail(r *model.WebSocketRequest, err error) {
	problem, _ := errors.AsType[*model.AppError](err) // all of them are
	c.reply(&model.WebSocketReply{Status: model.WebSocketFail, SeqReply: r.Seq, Error: c.hub.version.Error(problem)})
}

// reply queues a reply. A client of whom nobody knows who it is gets none (recorded
// from 11.6.0), save from old servers; it has no queue to wait in.
func (c *conn) reply(r *model.WebSocketReply) {
	f := &frame{text: encode(c.hub.version, r)}
	switch {
	case c.listener != nil:
		c.listener.reply(f)
	case !c.hub.version.Has(versions.StrangersIgnored):
		q := queued{frame: f, seq: noSeq}
		c.hub.journal.Append(exchange(recorder.Out, c.number, "", q.appendTo(nil)))
		if c.send(q) != nil {
			c.drop()
		}
	}
}
