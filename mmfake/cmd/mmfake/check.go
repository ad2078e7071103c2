package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// check is the command "mmfake check" with its flags.
type check struct {
	Fixture       string            `arg:"" placeholder:"SESSION.json" help:"The fixture to send."`
	Against       serverURL         `required:"" placeholder:"URL" help:"The server to hold against it. What the session did is done there."`
	Bind          map[string]string `placeholder:"NAME=VALUE" mapsep:"none" help:"Have a name of the fixture stand for a value that the server has, such as channel.dev=ID. May be repeated. The variable MMFAKE_CHANNEL_DEV does the same."`
	Ignore        []string          `sep:"none" placeholder:"PART" help:"Leave a part of answers and websocket messages out, written as in what is printed: json.remote_id, json.props.*, or event.status_change for an event. May be repeated."`
	EventsWithin  time.Duration     `default:"5s" placeholder:"TIME" help:"How long a websocket message may take. Default: ${default}."`
	AnswersWithin time.Duration     `default:"30s" placeholder:"TIME" help:"How long an answer may take. Default: ${default}."`
}

// Run sends the fixture, prints each difference, and fails if there is one.
func (c *check) Run(ctx context.Context, stdout io.Writer) error {
	fixture, err := recorder.Load(c.Fixture)
	if err != nil {
		return plain(err)
	}
	found, err := fixture.Against(ctx, string(c.Against), recorder.Bind(c.values(fixture)), recorder.Ignore(c.Ignore...),
		recorder.EventsWithin(c.EventsWithin), recorder.AnswersWithin(c.AnswersWithin))
	if unbound, is := errors.AsType[*recorder.UnboundError](err); is {
		return c.ask(stdout, unbound.Names)
	}
	if err != nil {
		return fmt.Errorf("cannot hold %s against %s: %w", c.Against, c.Fixture, err)
	}
	return c.sum(stdout, found)
}

// values are those of the flags, and of the environment for names that have none there.
func (c *check) values(f *recorder.Fixture) map[string]string {
	values := map[string]string{}
	for _, name := range f.Names() {
		if value, set := os.LookupEnv(variable(name)); set {
			values[name] = value
		}
	}
	maps.Copy(values, c.Bind)
	return values
}

// variable is what a name is called in the environment: MMFAKE_TOKEN_1 for token.1.
func variable(name string) string {
	return "MMFAKE_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(name))
}

// ask says what has to be bound.
func (c *check) ask(out io.Writer, names []recorder.Unbound) error {
	fmt.Fprintf(out, "%s needs to know, of the server:\n\n", c.Fixture)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, n := range names {
		fmt.Fprintf(table, "  %s\t%s\t(exchange %d, %s, %s)\n", n.Name, variable(n.Name), n.Exchange, n.What, n.Place)
	}
	table.Flush()
	fmt.Fprintf(out, "\nSet the variables, or give --bind %s=VALUE. Nothing has been sent.\n", names[0].Name)
	return fmt.Errorf("values are missing: %d", len(names))
}

func (c *check) sum(out io.Writer, found *recorder.Comparison) error {
	for _, d := range found.Differences {
		where := d.What
		if d.Exchange > 0 {
			where = fmt.Sprintf("exchange %d, %s", d.Exchange, d.What)
		}
		fmt.Fprintf(out, "%s\n  %s\n", where, strings.Join(d.Parts, "\n  "))
	}
	if len(found.NotSent) > 0 {
		fmt.Fprintln(out, "Left out:")
	}
	for _, d := range found.NotSent {
		fmt.Fprintf(out, "  %s\n", d)
	}
	fmt.Fprintf(out, "%d sent, %d different.\n", found.Sent, len(found.Differences))
	if len(found.Differences) > 0 {
		return fmt.Errorf("%s does not answer as %s has it", c.Against, c.Fixture)
	}
	return nil
}
