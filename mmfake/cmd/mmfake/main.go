// Command mmfake runs a fake Mattermost server:
//
//	mmfake serve
//
// It listens on 127.0.0.1:8065, prints whom to log in as, a token and a webhook,
// and runs until it is interrupted. See mmfake serve --help.
//
//	mmfake record --upstream https://mattermost.example.com --out session.json
//
// stands between clients and a server, and writes what passed into a fixture when it is
// interrupted. See mmfake record --help, and docs/fixtures.md.
//
//	mmfake replay session.json
//
// answers from a recorded session instead. It ends with 1 if it was asked for what the
// session does not have.
//
//	mmfake check session.json --against http://127.0.0.1:8065
//
// sends the requests of a recorded session to a server and prints what it answers
// differently. It ends with 0 where nothing differs.
//
//	mmfake har import saved.har session.json
//	mmfake har export session.json session.har
//
// makes a recorded session of what a browser has saved, and the other way round.
//
//	mmfake conform --against http://127.0.0.1:8065 --admin sysadmin:PASSWORD
//
// plays the scenarios that real servers were recorded with on any server, and
// prints what that does differently. It ends with 0 where nothing differs. It makes
// teams, channels and users of its own there: use no server that matters.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // it could not do what it was asked
	exitUsage   = 2 // it was not asked properly
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

type cli struct {
	Serve   serve   `cmd:"" help:"Run a fake Mattermost server until it is interrupted."`
	Record  record  `cmd:"" help:"Record a session with a server, real or fake, into a fixture: a proxy for clients, websockets and the server's requests to an integration."`
	Replay  replay  `cmd:"" help:"Answer clients from a fixture, in the place of the server it was recorded from, until it is interrupted."`
	Check   check   `cmd:"" help:"Send a fixture's requests to a server, real or fake, and print what it answers differently."`
	Har     har     `cmd:"" help:"Make a fixture of a HAR file, or the other way round."`
	Conform conform `cmd:"" help:"Hold a server, real or fake, against recordings of a real Mattermost, and print what it does differently."`
}

// run is the whole command. It ends when what it was asked is done, or when ctx
// ends, and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	type exited int // what kong panics with where it would end the process
	defer func() {
		if p := recover(); p != nil {
			e, ok := p.(exited)
			if !ok {
				panic(p)
			}
			code = int(e)
		}
	}()
	parser := kong.Must(&cli{},
		kong.Name("mmfake"), kong.Description("A fake Mattermost server."), kong.UsageOnError(),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exited(code)) }))
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "mmfake: %v (mmfake --help tells more)\n", err)
		return exitUsage
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.BindTo(stdout, (*io.Writer)(nil))
	if err := command.Run(); err != nil {
		fmt.Fprintf(stderr, "mmfake: %v\n", err)
		return exitFailure
	}
	return exitOK
}
