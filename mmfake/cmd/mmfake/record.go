package main

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// record is the command "mmfake record" with its flags.
type record struct {
	Upstream       serverURL     `required:"" placeholder:"URL" env:"MMFAKE_UPSTREAM" help:"The server, such as https://mattermost.example.com. Its certificate has to be valid, see --ca-file."`
	Out            string        `required:"" placeholder:"FILE" type:"path" env:"MMFAKE_OUT" help:"The fixture to write when the command is stopped."`
	Listen         string        `default:"127.0.0.1:8066" placeholder:"HOST:PORT" env:"MMFAKE_LISTEN" help:"Address for clients; port 0 picks a free one. Default: ${default}."`
	Integration    serverURL     `placeholder:"URL" env:"MMFAKE_INTEGRATION" help:"The code under test that the server calls: slash commands, buttons, dialogs, outgoing webhooks. Default: none."`
	CallbackListen string        `default:"127.0.0.1:8067" placeholder:"HOST:PORT" env:"MMFAKE_CALLBACK_LISTEN" help:"Address for the server's requests to the integration. Default: ${default}."`
	CAFile         string        `name:"ca-file" placeholder:"FILE" type:"path" env:"MMFAKE_CA_FILE" help:"Certificates (PEM) of authorities to trust beside those of the system: for a server with a certificate of one's own."`
	Timeout        time.Duration `default:"1m" placeholder:"TIME" env:"MMFAKE_TIMEOUT" help:"How long the server, or the integration, may take to begin an answer. Default: ${default}."`
	ReadyFile      string        `placeholder:"FILE" type:"path" env:"MMFAKE_READY_FILE" help:"File to write as soon as the proxy answers: JSON with url, websocket_url, callback_url and upstream."`
	redaction
}

// tokenVariable is the environment variable of a token, which is in no flag because
// everybody on a machine can read the command lines of all programs.
const tokenVariable = "MMFAKE_TOKEN"

// Help is what --help says beside the flags.
func (*record) Help() string {
	return `Clients use the printed address in the place of the server's, and the server calls the
integration by the other one. On Ctrl-C (SIGINT, SIGTERM) answers under way end, for up to ten seconds, and the session is written,
with names in the place of ids, secrets and times; a second Ctrl-C ends at once, and nothing is written.

Who was behind which token is learned from the session; of tokens of which it does not say that,
the server is asked at the end (GET /api/v4/users/me).

$` + tokenVariable + ` is sent with requests to the API that carry no credentials. It is neither printed nor written, but
whoever reaches the proxy acts with it.`
}

// Run records until ctx ends.
func (r *record) Run(ctx context.Context, stdout io.Writer) error {
	out := &lockedWriter{to: stdout}
	config, options, err := r.settings(out)
	if err != nil {
		return err
	}
	if err := clearReadyFile(r.ReadyFile); err != nil {
		return err
	}
	p, err := mmfake.StartProxy(config)
	if err != nil {
		return r.cannotStart(err)
	}
	defer p.Close()
	if err := writeReadyFile(r.ReadyFile, map[string]string{
		"url": p.URL, "websocket_url": p.WSURL + "/api/v4/websocket", "callback_url": p.CallbackURL, "upstream": string(r.Upstream),
	}); err != nil {
		return err
	}
	if err := r.print(out, p); err != nil {
		return fmt.Errorf("cannot print where to connect to: %w", cause(err))
	}
	<-ctx.Done()
	left, cancel := context.WithTimeout(context.Background(), endWithin)
	defer cancel()
	cutOff := p.Shutdown(left) != nil
	if p.Journal.Len() == 0 {
		return fmt.Errorf("nothing has passed, so %s is not written", r.Out)
	}
	if err := p.Save(r.Out, options...); err != nil {
		return plain(err)
	}
	fmt.Fprintf(out, "Stopped. %s has %s.%s\n", r.Out, exchanges(p.Journal.Len()), cutOffWords[cutOff])
	return nil
}

// endWithin is how long answers may still take once the command is asked to stop.
const endWithin = 10 * time.Second

// settings are what the flags and the environment say.
func (r *record) settings(out io.Writer) (c mmfake.ProxyConfig, options []recorder.FixtureOption, err error) {
	if err := r.writable(r.Out); err != nil {
		return c, nil, err
	}
	c = mmfake.ProxyConfig{
		Upstream: string(r.Upstream), Listen: r.Listen, Integration: string(r.Integration), CallbackListen: r.CallbackListen,
		Token: os.Getenv(tokenVariable), AnswerTime: r.Timeout, Limits: longSession,
		Observe: func(ex *recorder.Exchange) {
			if ex.Err != "" {
				fmt.Fprintf(out, "%s: %s\n", cmp.Or(ex.Route, ex.Request.Method+" "+ex.Request.Path), ex.Err) // a route has no webhook's id
			}
		},
	}
	if r.CAFile != "" {
		c.RootCAs, err = authorities(r.CAFile)
	}
	return c, r.options(), err
}

// authorities are the system's certificate authorities and those of a file.
func authorities(path string) (*x509.CertPool, error) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the certificates in %s: %w", path, cause(err))
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("there is no certificate in %s: it has to begin with -----BEGIN CERTIFICATE-----", path)
	}
	return pool, nil
}

// cannotStart says why the proxy does not start, and which flag is to be changed.
func (r *record) cannotStart(err error) error {
	if _, listening := errors.AsType[*net.OpError](err); !listening {
		return fmt.Errorf("cannot start: %w", err)
	}
	if strings.Contains(err.Error(), "listening on "+r.Listen+":") {
		return cannotListen(r.Listen, "--listen", err)
	}
	return cannotListen(r.CallbackListen, "--callback-listen", err)
}

// print writes the block that greets whoever started the command.
func (r *record) print(out io.Writer, p *mmfake.Proxy) error {
	var block strings.Builder
	fmt.Fprintf(&block, "Recording what passes to %s. Ctrl-C writes the file and stops.\n\n", r.Upstream)
	table := tabwriter.NewWriter(&block, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  Clients\t%s\tin the place of %s\n", p.URL, r.Upstream)
	if p.CallbackURL != "" {
		fmt.Fprintf(table, "  Integration\t%s\tis what to register with the server for %s\n", p.CallbackURL, r.Integration)
	}
	if os.Getenv(tokenVariable) != "" {
		fmt.Fprintf(table, "  Token\tthat of %s\tfor requests that carry none\n", tokenVariable)
	}
	fmt.Fprintf(table, "  File\t%s\n\n", r.Out)
	table.Flush()
	_, err := io.WriteString(out, block.String())
	return err
}

// A lockedWriter is written to by several goroutines.
type lockedWriter struct {
	mu sync.Mutex
	to io.Writer // guarded by mu
}

func (w *lockedWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(b)
}
