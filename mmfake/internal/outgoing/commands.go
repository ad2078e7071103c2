package outgoing

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// RunCommand runs a slash command for a session's user: it asks the integration
// of a custom command, and has the world do what is answered. The exchange is nil
// for built-in commands, for which nothing is sent. The result is nil only with
// an error; an error may come with a result, of an answer that could be posted in
// part.
func (c *Client) RunCommand(as *world.Session, args model.CommandArgs) (*world.CommandResult, *recorder.Exchange, error) {
	run, err := c.world.PrepareCommand(as, args)
	if err != nil {
		return nil, nil, err
	}
	if run.Callback == nil {
		result, err := c.world.FinishCommand(run, nil)
		if run.Later != nil {
			c.after(run.Later, args.Command)
		}
		return result, nil, err
	}
	var result *world.CommandResult
	ex := c.Call(run.Callback, func(a *world.CallbackAnswer) []string {
		result, err = c.world.FinishCommand(run, a)
		followed := result.Followed()
		if err != nil {
			followed = append(followed, "told the user: "+err.Error())
		}
		return followed
	})
	return result, ex, err
}

// after does what a command is to do after a while, unless the client is closed before.
func (c *Client) after(l *world.Later, line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	if c.later == nil {
		c.later = map[*world.Later]string{}
	}
	c.later[l] = line
	c.addWork()
	go func() {
		defer c.work.Done()
		if pause(c.ctx, l.Delay) == nil {
			l.Do()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.later, l)
		c.tellIdle()
	}()
}
