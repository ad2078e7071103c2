package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// replay is the command "mmfake replay" with its flags.
type replay struct {
	Fixture     string            `arg:"" placeholder:"SESSION.json" help:"The fixture to answer from."`
	Listen      string            `default:"127.0.0.1:8065" placeholder:"HOST:PORT" env:"MMFAKE_LISTEN" help:"Address to listen on; port 0 picks a free one. Default: ${default}."`
	ReadyFile   string            `placeholder:"FILE" type:"path" env:"MMFAKE_READY_FILE" help:"File to write as soon as the replay answers: JSON with its URL and what the names of the fixture stand for."`
	InOrder     bool              `xor:"order" help:"Have the requests come in the order of the fixture. Default: those about the same resource."`
	AnyOrder    bool              `xor:"order" help:"Let the requests come in any order."`
	Bind        map[string]string `placeholder:"NAME=VALUE" mapsep:"none" help:"Have a name of the fixture stand for a value, such as channel.dev=ID. May be repeated. Default: for what the client sends first in its place, or else a stand-in."`
	FallThrough bool              `help:"Have a fresh fake answer the requests that the fixture does not have."`
}

// Run answers until ctx ends. It fails if something was asked that it could not answer.
func (c *replay) Run(ctx context.Context, stdout io.Writer) error {
	if err := clearReadyFile(c.ReadyFile); err != nil {
		return err
	}
	fixture, err := recorder.Load(c.Fixture)
	if err == nil {
		err = fixture.CheckNames(slices.Sorted(maps.Keys(c.Bind))...)
	}
	if err != nil {
		return plain(err)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return cannotListen(c.Listen, "--listen", err)
	}
	defer listener.Close()
	host := reachable(listener)
	mm, err := c.fallThrough(host)
	if err != nil {
		return err
	}
	if mm != nil {
		defer mm.Close()
	}
	values := map[string]string{"host.site": host}
	maps.Copy(values, c.Bind)
	r := recorder.NewReplay(fixture.With(values), c.options(mm)...)
	server := &http.Server{Handler: r}
	go server.Serve(listener) // until it is shut down
	stop := func() error {
		left, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		defer server.Close()
		r.Close()
		return server.Shutdown(left)
	}
	defer stop()
	if err := writeReadyFile(c.ReadyFile, &readyReplay{"http://" + host, valuesOf(fixture.Names(), r)}); err != nil {
		return err
	}
	if err := c.greet(stdout, fixture, r, host, mm); err != nil {
		return fmt.Errorf("cannot print what to configure the client with: %w", cause(err))
	}
	<-ctx.Done()
	stop()
	return c.sum(stdout, r)
}

// reachable is the host and port by which clients on this machine reach a listener.
func reachable(l net.Listener) string {
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", fmt.Sprint(tcp.Port))
	}
	return l.Addr().String()
}

// fallThrough starts the fake that answers what the fixture does not have; nil without
// one. It is reached through the replay only.
func (c *replay) fallThrough(host string) (*mmfake.Server, error) {
	if !c.FallThrough {
		return nil, nil
	}
	mm, err := mmfake.Start(mmfake.InMemory(), mmfake.Configure(func(s *mmfake.Settings) { s.SiteURL = "http://" + host }))
	if err != nil {
		return nil, fmt.Errorf("cannot start a fake: %w", err)
	}
	return mm, nil
}

func (c *replay) options(mm *mmfake.Server) []recorder.ReplayOption {
	var options []recorder.ReplayOption
	switch {
	case c.InOrder:
		options = append(options, recorder.InOrder())
	case c.AnyOrder:
		options = append(options, recorder.AnyOrder())
	}
	if mm != nil {
		options = append(options, mmfake.FallThrough(mm))
	}
	return options
}

// readyReplay is what the ready file says.
type readyReplay struct {
	URL   string            `json:"url"`
	Names map[string]string `json:"names"` // and what they stand for
}

func valuesOf(names []string, r *recorder.Replay) map[string]string {
	values := map[string]string{}
	for _, name := range names {
		values[name] = r.Value(name)
	}
	return values
}

// greet says what to configure the client with.
func (c *replay) greet(out io.Writer, f *recorder.Fixture, r *recorder.Replay, host string, mm *mmfake.Server) error {
	fmt.Fprintf(out, "%s is replayed: %s with %s. Ctrl-C stops it.\n\n", c.Fixture, exchanges(f.Len()), strings.TrimSpace("Mattermost "+f.Server()))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  URL\thttp://%s\n", host)
	for _, name := range f.Needed() {
		fmt.Fprintf(table, "  %s\t%s\n", name, r.Value(name))
	}
	if mm != nil {
		fmt.Fprintf(table, "  Token of the fake\t%s (the admin's)\n", mm.Admin.Token)
	}
	table.Flush()
	_, err := fmt.Fprint(out, "\nA client that sends other values for these names is understood, too.\n\n")
	return err
}

// sum says what was not in the fixture, and what of it nobody has asked for.
func (c *replay) sum(out io.Writer, r *recorder.Replay) error {
	problems, unused := r.Problems(), r.Unused()
	fmt.Fprintln(out, "Stopped.")
	for _, part := range []struct {
		title string
		lines []string
	}{{"Not answered:", problems}, {"Nobody has asked for:", unused}} {
		if len(part.lines) > 0 {
			fmt.Fprintf(out, "%s\n  %s\n", part.title, strings.Join(part.lines, "\n  "))
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("requests that could not be answered from %s: %d", c.Fixture, len(problems))
	}
	return nil
}
