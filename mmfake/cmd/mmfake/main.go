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
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/conformance"
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
	Version kong.VersionFlag `help:"Print the version of this command, and which Mattermost it behaves as."`

	Serve   serve   `cmd:"" help:"Run a fake Mattermost server until it is interrupted."`
	Record  record  `cmd:"" help:"Record a session with a server, real or fake, into a fixture: a proxy for clients, websockets and the server's requests to an integration."`
	Replay  replay  `cmd:"" help:"Answer clients from a fixture, in the place of the server it was recorded from, until it is interrupted."`
	Check   check   `cmd:"" help:"Send a fixture's requests to a server, real or fake, and print what it answers differently."`
	Har     har     `cmd:"" help:"Make a fixture of a HAR file, or the other way round."`
	Conform conform `cmd:"" help:"Hold a server, real or fake, against recordings of a real Mattermost, and print what it does differently."`
}

// Help is what mmfake --help says besides.
func (*cli) Help() string {
	return `What stands in parentheses behind a flag is the environment variable that sets it, too.

Exit codes: 0 when it has done what it was asked; 1 when it could not, when check or conform has found a difference, and when
replay was asked for what the fixture does not have; 2 when it was not asked properly.

Ctrl-C (SIGINT) and SIGTERM stop serve, record and replay once the answers under way have ended; a second one stops at once.`
}

// version is what --version prints.
func version() string {
	built := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		built = info.Main.Version
	}
	return fmt.Sprintf("mmfake %s, a fake of Mattermost %s", built, conformance.Versions()[0])
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
		kong.Name("mmfake"), kong.Description("A fake Mattermost server, and what records, replays and compares sessions with one."),
		kong.Vars{"version": version(), "goldens": strings.Join(conformance.Versions(), ", ")}, kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exited(code)) }))
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "mmfake: %v (%s --help tells more)\n", unabridged(parser, args, err), asked(err))
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

// unabridged is what was wrong with a command line. Where nothing was said, kong names
// the first commands only.
func unabridged(parser *kong.Kong, args []string, err error) error {
	if len(args) > 0 {
		return err
	}
	var names []string
	for _, command := range parser.Model.Children {
		names = append(names, command.Name)
	}
	return fmt.Errorf("say what to do: %s", strings.Join(names, ", "))
}

// asked is the command whose help tells what was wrong with a command line.
func asked(err error) string {
	if wrong, ok := errors.AsType[*kong.ParseError](err); ok && wrong.Context.Selected() != nil {
		return wrong.Context.Selected().FullPath()
	}
	return "mmfake"
}
