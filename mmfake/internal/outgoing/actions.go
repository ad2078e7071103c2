package outgoing

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The methods in this file each ask the world what to send, send it, and have the
// world do what the answer says. The exchange is nil where nothing was sent.

// Click presses a button, or chooses from a menu, for a session's user.
func (c *Client) Click(as *world.Session, postID, actionID string, in model.DoActionRequest) (*world.Click, *recorder.Exchange, error) {
	click, err := c.world.Click(as, postID, actionID, in)
	if err != nil {
		return nil, nil, err
	}
	ex := c.Call(click.Callback, func(a *world.CallbackAnswer) []string { return c.world.AnswerClick(click, a) })
	return click, ex, nil
}

// SubmitDialog sends a dialog that a session's user has filled in or cancelled.
func (c *Client) SubmitDialog(as *world.Session, in model.DialogSubmission) (*model.DialogSubmitResponse, *recorder.Exchange, error) {
	s, err := c.world.SubmitDialog(as, in)
	if err != nil {
		return nil, nil, err
	}
	ex := c.Call(s.Callback, s.AnswerSubmission)
	return s.Answer, ex, s.Err()
}

// LookupDialog asks for the options of a dynamic menu for a session's user.
func (c *Client) LookupDialog(as *world.Session, in model.DialogSubmission) (*model.DialogLookupResponse, *recorder.Exchange, error) {
	s, err := c.world.LookupDialog(as, in)
	if err != nil {
		return nil, nil, err
	}
	ex := c.Call(s.Callback, s.AnswerLookup)
	return s.Items, ex, s.Err()
}

// mostFirings is how many requests of outgoing webhooks are under way at once, so
// that an integration that hangs cannot make a busy channel fill the memory.
const mostFirings = 1000

var errFirings = fmt.Errorf("it was not sent: %d requests of outgoing webhooks are waiting for answers", mostFirings)

// fire sends the request of an outgoing webhook in a goroutine of its own, which
// Close ends. It is called while the world is locked.
func (c *Client) fire(f *world.Firing) {
	err := errFirings
	if c.firings.Add(1) <= mostFirings {
		err = c.begin(f.Callback)
	}
	if err != nil {
		c.firings.Add(-1)
		c.run(f.Callback, err, nil)
		return
	}
	go func() {
		defer c.firings.Add(-1)
		c.run(f.Callback, nil, func(a *world.CallbackAnswer) []string { return c.world.AnswerFiring(f, a) })
	}()
}
