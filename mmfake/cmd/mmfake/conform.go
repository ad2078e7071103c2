package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/conformance"
)

// conform is the command "mmfake conform" with its flags.
type conform struct {
	Against      serverURL     `required:"" placeholder:"URL" help:"The server to hold against the recordings."`
	Admin        login         `required:"" placeholder:"NAME:PASSWORD" env:"MMFAKE_ADMIN" help:"A system admin of that server."`
	Golden       string        `default:"11.6" enum:"11.6,5.36,5.0" placeholder:"VERSION" help:"The recordings: those of Mattermost ${goldens}. Default: ${default}."`
	Parallel     int           `default:"4" placeholder:"N" help:"How many scenarios run at once. Default: ${default}."`
	Settle       time.Duration `default:"400ms" placeholder:"TIME" help:"Pause before a websocket is opened, in which a real server sends the events of what went before. Default: ${default}."`
	CallbackHost string        `placeholder:"HOST" help:"What the server calls this machine, if it is on another one or in a container. Default: 127.0.0.1."`
	Prefix       []string      `arg:"" optional:"" help:"Only the scenarios whose names begin so, such as webhook- or post-create."`
}

var errInterrupted = errors.New("interrupted")

// Run plays the scenarios, prints those that differ, in order, and the score.
func (c *conform) Run(ctx context.Context, stdout io.Writer) error {
	scenarios, err := c.scenarios()
	if err != nil {
		return err
	}
	runner := c.runner()
	if err := runner.CheckAdmin(ctx); ctx.Err() != nil {
		return errInterrupted
	} else if err != nil {
		return fmt.Errorf("cannot log in at %s as %s: %w", c.Against, c.Admin.name, cause(err))
	}
	var tally conformance.Tally
	different := 0
	for _, played := range c.play(ctx, runner, scenarios) {
		p := <-played // when interrupted too, so that all clean up behind them
		if ctx.Err() != nil {
			continue
		}
		if p.err != nil {
			return p.err
		}
		tally.Add(p.result)
		if !p.result.Matches() {
			different++
			fmt.Fprintf(stdout, "%s\n", p.result)
		}
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	if _, err := fmt.Fprintf(stdout, "%s against Mattermost %s: %s\n", c.Against, c.Golden, &tally); err != nil {
		return fmt.Errorf("cannot print the score: %w", cause(err))
	}
	if different > 0 {
		return fmt.Errorf("%d of %d scenarios are not as Mattermost %s does them", different, len(scenarios), c.Golden)
	}
	return nil
}

func (c *conform) runner() *conformance.Runner {
	return conformance.NewRunner(conformance.Target{
		URL: string(c.Against), AdminName: c.Admin.name, AdminPassword: c.Admin.password, Settle: c.Settle, CallbackHost: c.CallbackHost,
	})
}

// scenarios are those of the version that were asked for.
func (c *conform) scenarios() ([]*conformance.Scenario, error) {
	all, err := conformance.Scenarios()
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(all, func(s *conformance.Scenario) bool {
		begins := func(prefix string) bool { return strings.HasPrefix(s.Name, prefix) }
		return !s.For(c.Golden) || len(c.Prefix) > 0 && !slices.ContainsFunc(c.Prefix, begins)
	})
	if len(list) == 0 {
		return nil, fmt.Errorf("no scenario of %s begins with %s", c.Golden, strings.Join(c.Prefix, " or "))
	}
	return list, nil
}

type played struct {
	result *conformance.Result
	err    error
}

// play starts the scenarios, some at once, and returns where each of them will be.
func (c *conform) play(ctx context.Context, runner *conformance.Runner, scenarios []*conformance.Scenario) []chan played {
	all := make([]chan played, len(scenarios))
	free := make(chan struct{}, max(c.Parallel, 1))
	for i := range all {
		all[i] = make(chan played, 1)
	}
	go func() {
		for i, s := range scenarios {
			free <- struct{}{}
			go func() {
				result, err := runner.Hold(ctx, s, c.Golden)
				all[i] <- played{result, err}
				<-free
			}()
		}
	}()
	return all
}
