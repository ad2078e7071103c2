package main

import (
	"bytes"
	"context"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A recording is "mmfake record" that has been started.
type recording struct {
	out  string // the file
	says struct {
		URL         string `json:"url"`
		CallbackURL string `json:"callback_url"`
		Upstream    string `json:"upstream"`
	}
	block string // what it has printed until it was ready
	stop  func() (code int, rest string)
}

// startRecord runs the command in this process until stop is called or the test ends.
func startRecord(t *testing.T, args ...string) *recording {
	t.Helper()
	dir := t.TempDir()
	r := &recording{out: filepath.Join(dir, "session.json")}
	ready := filepath.Join(dir, "ready.json")
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	reader, writer := io.Pipe()
	code := make(chan int, 1)
	go func() {
		flags := []string{"record", "--out", r.out, "--listen", "127.0.0.1:0", "--callback-listen", "127.0.0.1:0", "--ready-file", ready}
		code <- run(ctx, append(flags, args...), writer, writer)
		writer.Close()
	}()
	r.awaits(t, reader, ready, func() int { cancel(); return <-code })
	return r
}

// awaits reads what the command prints until it waits.
func (r *recording) awaits(t *testing.T, printed io.Reader, ready string, stop func() int) {
	t.Helper()
	block, rest := printedUntil(t, printed, "\n  File ")
	r.block = block
	r.stop = func() (int, string) { code := stop(); return code, <-rest }
	readJSON(t, ready, &r.says)
}

// sends makes a request and returns the status of the answer.
func sends(t *testing.T, method, url, token, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(t, err)
	return resp.StatusCode
}

func TestRecordWritesWhatPassedWhenItIsStopped(t *testing.T) {
	inside := filepath.Join(t.TempDir(), "inside.json")
	server := start(t, "--record", inside)
	r := startRecord(t, "--upstream", server.ready.URL)
	town := server.ready.Channels["town-square"]
	assert.Equal(t, http.StatusCreated, sends(t, "POST", r.says.URL+"/api/v4/posts", server.ready.Admin.Token, `{"channel_id":"`+town+`","message":"good morning"}`))
	assert.NoFileExists(t, r.out, "it is written at the end")

	served, printed := server.stop() // before anything is asked of it that no client has asked
	assert.Equal(t, exitOK, served)
	assert.Contains(t, printed, "Stopped. "+inside+" has 1 exchange.\n")
	code, rest := r.stop()
	assert.Equal(t, exitOK, code)
	assert.Equal(t, "\nStopped. "+r.out+" has 1 exchange.\n", rest)
	info, err := os.Stat(r.out)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	recorded, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Contains(t, string(recorded), `"message": "good morning"`)
	assert.NotContains(t, string(recorded), server.ready.Admin.Token)
	own, err := os.ReadFile(inside)
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(string(own), `   "actor": "sysadmin",`+"\n", "", 1), string(recorded), "the server was gone when it was asked whose the token was")
}

func TestRecordNamesWhoseTokenItWas(t *testing.T) {
	server := start(t)
	r := startRecord(t, "--upstream", server.ready.URL)
	sends(t, "GET", r.says.URL+"/api/v4/teams", server.ready.Admin.Token, "")
	code, rest := r.stop()
	assert.Equal(t, exitOK, code, rest)
	f, err := recorder.Load(r.out)
	require.NoError(t, err)
	assert.Equal(t, "sysadmin", f.Exchanges()[0].Actor)
	assert.Equal(t, 1, f.Len())
}

func TestRecordSaysWhomToConnectTo(t *testing.T) {
	r := startRecord(t, "--upstream", "https://chat.example.com", "--integration", "http://127.0.0.1:5000")
	assert.Equal(t, "https://chat.example.com", r.says.Upstream)
	for _, line := range []string{
		"Recording what passes to https://chat.example.com. Ctrl-C writes the file and stops.\n",
		"  Clients      " + r.says.URL + "  in the place of https://chat.example.com\n",
		"  Integration  " + r.says.CallbackURL + "  is what to register with the server for http://127.0.0.1:5000\n",
		"  File         " + r.out + "\n",
	} {
		assert.Contains(t, r.block, line)
	}
	assert.NotContains(t, r.block, "Token")
}

func TestTheDocumentShowsWhatRecordPrints(t *testing.T) {
	document, err := os.ReadFile("../../../docs/fixtures.md")
	require.NoError(t, err)
	t.Setenv(tokenVariable, "secret")
	r := startRecord(t, "--upstream", "https://mattermost.example.com", "--integration", "http://127.0.0.1:5000")
	narrow := func(text string) string { return regexp.MustCompile(` +`).ReplaceAllString(alike(text), " ") } // columns are as wide as ports
	assert.Contains(t, narrow(string(document)), narrow(strings.Replace(r.block, r.out, "/home/you/session.json", 1)))
}

func TestRecordPassesTheServersRequestsToAnIntegration(t *testing.T) {
	mm, err := mmfake.Start()
	require.NoError(t, err)
	defer mm.Close()
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"text":"deploying `+r.FormValue("text")+`"}`)
	}))
	defer bot.Close()
	r := startRecord(t, "--upstream", mm.URL, "--integration", bot.URL)
	town := mm.Channel("town-square")
	mm.Command("/deploy", r.says.CallbackURL+"/command")
	assert.Equal(t, http.StatusOK, sends(t, "POST", r.says.URL+"/api/v4/commands/execute", mm.User("alice", town).Token, `{"channel_id":"`+town.ID+`","command":"/deploy prod"}`))
	code, rest := r.stop()
	require.Equal(t, exitOK, code, rest)
	f, err := recorder.Load(r.out)
	require.NoError(t, err)
	require.Equal(t, 2, f.Len())
	callback := f.Exchanges()[1]
	assert.Equal(t, recorder.KindCallback, callback.Kind)
	assert.Equal(t, "alice", callback.Actor)
	assert.Equal(t, "deploying prod", callback.Response.Get("text").String())
}

func TestATokenIsGivenByTheEnvironmentOnly(t *testing.T) {
	server := start(t)
	t.Setenv(tokenVariable, server.ready.Admin.Token)
	r := startRecord(t, "--upstream", server.ready.URL)
	assert.Contains(t, r.block, "  Token    that of MMFAKE_TOKEN")
	assert.Equal(t, http.StatusOK, sends(t, "GET", r.says.URL+"/api/v4/users/me", "", ""))
	code, rest := r.stop()
	assert.Equal(t, exitOK, code)
	content, err := os.ReadFile(r.out)
	require.NoError(t, err)
	for _, text := range []string{r.block, rest, string(content)} {
		assert.NotContains(t, text, server.ready.Admin.Token)
	}
	assert.Contains(t, string(content), `"Authorization": "Bearer {token.1}"`)
}

func TestWhatDidNotPassIsSaidAtOnce(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	upstream := "http://" + nobody.Addr().String()
	nobody.Close()
	r := startRecord(t, "--upstream", upstream)
	assert.Equal(t, http.StatusBadGateway, sends(t, "GET", r.says.URL+"/api/v4/users/me", "", ""))
	code, rest := r.stop()
	assert.Equal(t, exitOK, code)
	assert.Contains(t, rest, "GET /api/v4/users/{user_id}: the upstream "+upstream+" cannot be reached: connection refused\n")
	content, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Contains(t, string(content), `"err": "the upstream http://{host.site} cannot be reached: connection refused"`)
}

func TestNothingIsWrittenWhereNothingHasPassed(t *testing.T) {
	r := startRecord(t, "--upstream", "http://mattermost.test")
	code, rest := r.stop()
	assert.Equal(t, exitFailure, code)
	assert.Equal(t, "\nmmfake: nothing has passed, so "+r.out+" is not written\n", rest)
	assert.NoFileExists(t, r.out)
}

func TestASecretIsNotWritten(t *testing.T) {
	server := start(t)
	const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	town := server.ready.Channels["town-square"]
	says := func(args ...string) (*recording, int, string) {
		r := startRecord(t, append(args, "--upstream", server.ready.URL)...)
		require.NoError(t, os.WriteFile(r.out, []byte("an earlier one"), 0o600))
		sends(t, "POST", r.says.URL+"/api/v4/posts", server.ready.Admin.Token, `{"channel_id":"`+town+`","message":"`+secret+`"}`)
		code, rest := r.stop()
		return r, code, rest
	}
	r, code, rest := says()
	assert.Equal(t, exitFailure, code)
	assert.Contains(t, rest, "request.json.message looks like a GitHub token (ghp_…, 40 characters): replace it with --redact-key or --redact-path, or allow it with --keep-key")
	assert.NotContains(t, rest, secret)
	left, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Equal(t, "an earlier one", string(left))

	r, code, rest = says("--redact-key", "message")
	assert.Equal(t, exitOK, code, rest)
	content, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Contains(t, string(content), `"message": "{secret.1}"`)
}

func TestAPrivateAuthorityIsTrustedIfItIsGiven(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"status":"OK"}`) }))
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))

	r := startRecord(t, "--upstream", server.URL)
	assert.Equal(t, http.StatusBadGateway, sends(t, "GET", r.says.URL+"/api/v4/system/ping", "", ""))
	_, rest := r.stop()
	assert.Contains(t, rest, "has a certificate that is not valid: x509: certificate signed by unknown authority")

	r = startRecord(t, "--upstream", server.URL, "--ca-file", file)
	assert.Equal(t, http.StatusOK, sends(t, "GET", r.says.URL+"/api/v4/system/ping", "", ""))
	code, _ := r.stop()
	assert.Equal(t, exitOK, code)
}

func TestWhatRecordCannotStartWithIsSaidInOneSentence(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "session.json")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	address := taken.Addr().String()
	empty := filepath.Join(dir, "empty.pem")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	with := func(args ...string) string {
		return fails(t, exitFailure, append([]string{"record", "--listen", "127.0.0.1:0", "--callback-listen", "127.0.0.1:0", "--out", out, "--upstream", "http://mattermost.test"}, args...)...)
	}
	assert.Contains(t, with("--listen", address), "mmfake: cannot listen on "+address+": address already in use; choose another address with --listen")
	assert.Contains(t, with("--callback-listen", address, "--integration", "http://a.test"), "mmfake: cannot listen on "+address+": address already in use; choose another address with --callback-listen")
	assert.Contains(t, fails(t, exitUsage, "record", "--out", out, "--upstream", "chat.example.com"), `mmfake: --upstream: "chat.example.com" is no URL such as`)
	assert.Contains(t, fails(t, exitUsage, "record", "--out", out, "--integration", "127.0.0.1:5000"), `mmfake: --integration: "127.0.0.1:5000" is no URL such as`)
	assert.Contains(t, with("--ca-file", filepath.Join(dir, "none.pem")), "none.pem: no such file or directory")
	assert.Contains(t, with("--ca-file", empty), "mmfake: there is no certificate in "+empty)
	assert.Contains(t, with("--keep-header", "Cookie"), "the header Cookie is never shown")
	assert.Contains(t, with("--redact-path", "a|b"), `the path to redact "a|b" is no plain gjson path`)
	assert.Contains(t, fails(t, exitUsage, "record", "--out", out), "--upstream")
	assert.Contains(t, fails(t, exitUsage, "record", "--upstream", "http://a.test"), "--out")
}

func TestTheFlagsOfRecordCanBeEnvironmentVariables(t *testing.T) {
	server := start(t)
	t.Setenv("MMFAKE_UPSTREAM", server.ready.URL)
	t.Setenv("MMFAKE_REDACT_KEY", "status,name")
	r := startRecord(t)
	assert.Equal(t, server.ready.URL, r.says.Upstream)
	sends(t, "GET", r.says.URL+"/api/v4/system/ping", "", "")
	code, rest := r.stop()
	require.Equal(t, exitOK, code, rest)
	content, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Contains(t, string(content), `"key status"`)
	assert.Contains(t, string(content), `"key name"`)
}

func TestTheHelpOfRecordSaysWhatItDoes(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitOK, run(t.Context(), []string{"record", "--help"}, &stdout, &stderr))
	for _, part := range []string{"--upstream=URL", "$MMFAKE_UPSTREAM", "--out=FILE", "--integration=URL", "$MMFAKE_TOKEN", "Ctrl-C", "127.0.0.1:8066", "127.0.0.1:8067"} {
		assert.Contains(t, stdout.String(), part)
	}
	assert.NotContains(t, stdout.String(), "--token")
	assert.Empty(t, stderr.String())
}

func TestServeRecordsByOwnRules(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.json")
	server := start(t, "--record", path, "--redact-key", "message")
	const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	sends(t, "POST", server.ready.URL+"/api/v4/posts", server.ready.Admin.Token, `{"channel_id":"`+server.ready.Channels["town-square"]+`","message":"`+secret+`"}`)
	code, rest := server.stop()
	assert.Equal(t, exitOK, code, rest)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(content), `"message": "{secret.1}"`)
}

func TestServeSaysThatItsSessionCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.json")
	server := start(t, "--record", path)
	require.NoError(t, os.Mkdir(path, 0o700)) // when it is too late to say so at the start
	sends(t, "GET", server.ready.URL+"/api/v4/system/ping", "", "")
	code, rest := server.stop()
	assert.Equal(t, exitFailure, code)
	assert.Contains(t, rest, "mmfake: "+path+" is not written: ")
}

func TestTheBinaryLetsAnswersEndBeforeItWrites(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signals")
	}
	asked, answer := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-answer
		io.WriteString(w, `{"late":true}`)
	}))
	defer server.Close()
	binary, dir := filepath.Join(t.TempDir(), "mmfake"), t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	r, ready := &recording{out: filepath.Join(dir, "session.json")}, filepath.Join(dir, "ready.json")
	command := exec.CommandContext(t.Context(), binary, "record", "--listen", "127.0.0.1:0", "--upstream", server.URL, "--out", r.out, "--ready-file", ready)
	printed, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	r.awaits(t, printed, ready, func() int {
		require.NoError(t, command.Process.Signal(syscall.SIGTERM))
		return 0
	})
	status := make(chan int, 1)
	go func() { status <- sends(t, "GET", r.says.URL+"/api/v4/posts", "", "") }()
	<-asked
	ended := make(chan string, 1)
	go func() { _, rest := r.stop(); ended <- rest }()
	for { // until it takes no new connections
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.says.URL, "http://"))
		if err != nil {
			break
		}
		conn.Close()
	}
	close(answer)
	assert.Equal(t, http.StatusOK, <-status)
	assert.Contains(t, <-ended, "Stopped. "+r.out+" has 1 exchange.\n")
	assert.NoError(t, command.Wait(), "the exit code is 0")
	content, err := os.ReadFile(r.out)
	require.NoError(t, err)
	assert.Contains(t, string(content), `{"late": true}`)
}
