// Command notifier tells a Mattermost channel how a build went. A CI job calls it
// at its end:
//
//	notifier --project shop --branch main --status failed --url https://ci.test/7
//
// Where to is in the environment: either MATTERMOST_WEBHOOK, an incoming webhook,
// or MATTERMOST_URL and MATTERMOST_TOKEN with MATTERMOST_CHANNEL as team/channel.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

// A build is what is told.
type build struct {
	project, branch, status, url string
}

func (b build) passed() bool { return b.status == "passed" }

func (b build) title() string { return fmt.Sprintf("%s %s on %s", b.project, b.status, b.branch) }

// A notifier is a way to tell.
type notifier interface {
	notify(context.Context, build) error
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "notifier:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, getenv func(string) string, stderr io.Writer) error {
	var b build
	flags := flag.NewFlagSet("notifier", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&b.project, "project", "", "what was built")
	flags.StringVar(&b.branch, "branch", "main", "the branch that was built")
	flags.StringVar(&b.status, "status", "passed", "passed or failed")
	flags.StringVar(&b.url, "url", "", "page of the build")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if b.project == "" {
		return errors.New("name the project with --project")
	}
	way, err := choose(getenv)
	if err != nil {
		return err
	}
	return way.notify(ctx, b)
}

// choose takes the webhook if there is one, and else the API.
func choose(getenv func(string) string) (notifier, error) {
	if url := getenv("MATTERMOST_WEBHOOK"); url != "" {
		return webhook{url: url}, nil
	}
	a := api{url: getenv("MATTERMOST_URL"), token: getenv("MATTERMOST_TOKEN"), channel: getenv("MATTERMOST_CHANNEL")}
	if a.url == "" || a.token == "" || a.channel == "" {
		return nil, errors.New("set MATTERMOST_WEBHOOK, or MATTERMOST_URL, MATTERMOST_TOKEN and MATTERMOST_CHANNEL (team/channel)")
	}
	return a, nil
}
