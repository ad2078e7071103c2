package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// serve is the command "mmfake serve" with its flags.
type serve struct {
	Listen        string    `default:"127.0.0.1:8065" placeholder:"HOST:PORT" env:"MMFAKE_LISTEN" help:"Address to listen on; port 0 picks a free one. Default: ${default}."`
	ReadyFile     string    `placeholder:"FILE" type:"path" env:"MMFAKE_READY_FILE" help:"File to write as soon as the server answers: JSON with its URL, the admin's token, a webhook and the ids of team and channels."`
	Log           bool      `env:"MMFAKE_LOG" help:"Print a line for each request, with the answer's status and what an error says, and for each websocket message."`
	Record        string    `placeholder:"FILE" type:"path" env:"MMFAKE_RECORD_FILE" help:"Fixture to write the session to when the server is stopped."`
	Seed          string    `placeholder:"TEXT" env:"MMFAKE_SEED" help:"Make ids and tokens the same in each run with this seed. Default: real randomness."`
	ServerVersion string    `placeholder:"VERSION" env:"MMFAKE_SERVER_VERSION" help:"Version of Mattermost to behave as, from 5.0 on. Default: the newest."`
	SiteURL       serverURL `placeholder:"URL" env:"MMFAKE_SITE_URL" help:"What links begin with, where others reach the server by another URL. Default: http:// and the address."`
	redaction               // of what --record writes
}

// Help is what --help says beside the flags.
func (*serve) Help() string {
	return `It prints whom to log in as, a token and a webhook, and keeps everything in memory: the next run begins anew. On
Ctrl-C (SIGINT, SIGTERM) answers under way end, for up to three seconds; a second one ends at once, and writes no --record.

Each test its own server: mmfake serve --listen 127.0.0.1:0 --ready-file ready.json, and read the URL in the file once it is
there. In a container, where the others know it as mattermost: mmfake serve --listen :8065 --site-url http://mattermost:8065`
}

// stopWithin is how long requests may still take once the server is asked to stop.
const stopWithin = 3 * time.Second

// Run runs the server until ctx ends.
func (s *serve) Run(ctx context.Context, stdout io.Writer) error {
	if err := clearReadyFile(s.ReadyFile); err != nil {
		return err
	}
	if s.Record != "" {
		if err := s.writable(s.Record); err != nil {
			return err
		}
	}
	options := []mmfake.Option{
		mmfake.Listen(s.Listen), mmfake.Seed(s.Seed), mmfake.Version(s.ServerVersion),
		mmfake.Configure(func(c *mmfake.Settings) { c.SiteURL = strings.TrimRight(string(s.SiteURL), "/") }),
	}
	if s.Record != "" {
		options = append(options, mmfake.JournalLimits(longSession))
	}
	mm, err := mmfake.Start(options...)
	if _, listening := errors.AsType[*net.OpError](err); err != nil && !listening {
		return fmt.Errorf("cannot start: %w", err)
	}
	if err != nil {
		return cannotListen(s.Listen, "--listen", err)
	}
	defer mm.Close()
	about := describe(mm)
	if err := writeReadyFile(s.ReadyFile, about); err != nil {
		return err
	}
	if err := about.print(stdout, string(s.SiteURL)); err != nil {
		return fmt.Errorf("cannot print what to log in with: %w", cause(err))
	}
	finish := func() {}
	if s.Log {
		finish = logTo(stdout, mm.Journal)
	}
	<-ctx.Done()
	left, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	cutOff := mm.Shutdown(left) != nil
	finish()
	recorded := ""
	if s.Record != "" {
		if err := mm.Save(s.Record, s.options()...); err != nil {
			return plain(err)
		}
		recorded = fmt.Sprintf(" %s has %s.", s.Record, exchanges(mm.Journal.Len()))
	}
	fmt.Fprintf(stdout, "Stopped.%s%s\n", recorded, cutOffWords[cutOff])
	return nil
}

var cutOffWords = map[bool]string{true: " Requests that took longer were cut off."}

// cannotListen says that an address is not to be had, and which flag names it.
func cannotListen(address, flag string, err error) error {
	return fmt.Errorf("cannot listen on %s: %w; choose another address with %s (127.0.0.1:0 picks a free port)", address, cause(err), flag)
}

// cause is the innermost of an error's causes: what the system said, without what
// Go's packages said around it.
func cause(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// ready is what the ready file says of a server.
type ready struct {
	URL   string `json:"url"`
	Admin struct {
		Username string `json:"username"`
		Password string `json:"password"`
		Token    string `json:"token"` // a personal access token
	} `json:"admin"`
	Team struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"team"`
	Channels   map[string]string `json:"channels"` // name to id
	WebhookURL string            `json:"webhook_url"`

	user *mmfake.Actor
}

// describe makes what a newcomer needs at hand: a token and a webhook.
func describe(mm *mmfake.Server) *ready {
	team := mm.Team("test")
	town := team.Channel("town-square")
	r := &ready{
		URL: mm.URL, WebhookURL: mm.IncomingWebhook(town).URL, user: mm.User("user-1"),
		Channels: map[string]string{town.Name: town.ID, "off-topic": team.Channel("off-topic").ID},
	}
	r.Admin.Username, r.Admin.Password, r.Admin.Token = mm.Admin.Username, mm.Admin.Password, mm.Admin.AccessToken("made by mmfake serve")
	r.Team.ID, r.Team.Name = team.ID, team.Name
	return r
}

// print writes the block that greets whoever started the server. The curl line is
// meant to be pasted.
func (r *ready) print(out io.Writer, siteURL string) error {
	fmt.Fprintf(out, "A fake Mattermost server is ready. Ctrl-C stops it.\n\n")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if siteURL == "" {
		siteURL = r.URL
	} else {
		fmt.Fprintf(table, "  Listening on\t%s\n", r.URL)
	}
	fmt.Fprintf(table, "  Site URL\t%s\n", siteURL)
	fmt.Fprintf(table, "  Team\t%s\n", r.Team.Name)
	fmt.Fprintf(table, "  Admin\t%s\tpassword %s\n", r.Admin.Username, r.Admin.Password)
	fmt.Fprintf(table, "  User\t%s\tpassword %s\n", r.user.Username, r.user.Password)
	fmt.Fprintf(table, "  Token\t%s (the admin's)\n", r.Admin.Token)
	fmt.Fprintf(table, "  Webhook\t%s (into town-square)\n", r.WebhookURL)
	table.Flush()
	_, err := fmt.Fprintf(out, "\nPaste this to post a message:\n\n  %s\n\n", r.curl())
	return err
}

// curl is a command line that posts to the webhook.
func (r *ready) curl() string {
	return `curl -i -H 'Content-Type: application/json' -d '{"text": "Hello, this is some text\nThis is more text. :tada:"}' ` + r.WebhookURL
}
