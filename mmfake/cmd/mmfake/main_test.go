package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A running is a command that has been started.
type running struct {
	ready ready
	file  string // its ready file
	block string // what it has printed until it was ready
	stop  func() (code int, rest string)
}

// start runs mmfake serve in this process until stop is called or the test ends.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return launch(t, "curl ", "serve", args...)
}

// launch is start for any command, of which the last words before it waits are known.
func launch(t *testing.T, lastWords, command string, args ...string) *running {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ready.json")
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	reader, writer := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{command, "--listen", "127.0.0.1:0", "--ready-file", file}, args...), writer, writer)
		writer.Close()
	}()
	return await(t, reader, file, lastWords, func() int { cancel(); return <-code })
}

// await reads what a command prints until its last words before it waits.
func await(t *testing.T, printed io.Reader, file, lastWords string, stop func() int) *running {
	t.Helper()
	block, rest := printedUntil(t, printed, lastWords)
	r := &running{file: file, block: block, stop: func() (int, string) { code := stop(); return code, <-rest }}
	readJSON(t, file, &r.ready)
	return r
}

// printedUntil reads what a command prints up to the line with a mark. The rest comes when
// the command has ended.
func printedUntil(t *testing.T, printed io.Reader, mark string) (block string, rest <-chan string) {
	t.Helper()
	lines := bufio.NewReader(printed)
	for !strings.Contains(block, mark) {
		line, err := lines.ReadString('\n')
		require.NoError(t, err, "it printed: %s", block)
		block += line
	}
	end := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(lines)
		end <- string(text)
	}()
	return block, end
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	body, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, into))
}

// fails runs the command, which is to end by itself, and returns what it says.
func fails(t *testing.T, code int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, code, run(t.Context(), args, &stdout, &stderr), "the exit code")
	assert.Empty(t, stdout.String())
	assert.Equal(t, 1, strings.Count(stderr.String(), "\n"), "one sentence: %s", stderr.String())
	return stderr.String()
}

func getJSON(t *testing.T, url, token string, into any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.NoError(t, json.NewDecoder(response.Body).Decode(into))
}

func TestServeSaysWhomToLogInAs(t *testing.T) {
	r := start(t)
	for _, part := range []string{
		"Site URL  " + r.ready.URL + "\n", "Admin     sysadmin  password Sys@dmin-sample1\n", "User      user-1    password SampleUs@r-1\n",
		"Token     " + r.ready.Admin.Token, "Webhook   " + r.ready.WebhookURL,
	} {
		assert.Contains(t, r.block, part)
	}
	code, rest := r.stop()
	assert.Equal(t, exitOK, code)
	assert.Equal(t, "\nStopped.\n", rest)
}

func TestTheREADMEShowsWhatServePrints(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	require.NoError(t, err)
	r := start(t)
	_, rest := r.stop()
	assert.Contains(t, alike(string(readme)), alike(r.block+strings.TrimSuffix(rest, "Stopped.\n")))
}

// alike blanks out what differs from run to run: ids and the port.
func alike(text string) string {
	return regexp.MustCompile(`[a-z0-9]{26}|127\.0\.0\.1:\d+`).ReplaceAllString(text, "…")
}

func TestTheDocumentShowsTheReadyFile(t *testing.T) {
	document, err := os.ReadFile(commandFile)
	require.NoError(t, err)
	written, err := os.ReadFile(start(t).file)
	require.NoError(t, err)
	assert.Contains(t, alike(string(document)), alike(string(written)))
}

func TestTheDocumentShowsTheLog(t *testing.T) {
	document, err := os.ReadFile(commandFile)
	require.NoError(t, err)
	r := start(t, "--log")
	assert.Equal(t, http.StatusBadRequest, sends(t, "POST", r.ready.WebhookURL, "", "{}"))
	assert.Equal(t, http.StatusOK, sends(t, "POST", r.ready.WebhookURL, "", `{"text": "passed"}`))
	getJSON(t, r.ready.URL+"/api/v4/users/me", r.ready.Admin.Token, &struct{}{})
	_, rest := r.stop()
	lines := strings.TrimSuffix(strings.TrimPrefix(rest, "\n"), "Stopped.\n")
	assert.Equal(t, 3, strings.Count(lines, "\n"), rest)
	assert.Contains(t, alike(string(document)), alike(lines))
}

func TestTheReadyFileNamesWhatThereIs(t *testing.T) {
	r := start(t).ready
	var me struct{ Username string }
	getJSON(t, r.URL+"/api/v4/users/me", r.Admin.Token, &me)
	assert.Equal(t, r.Admin.Username, me.Username)
	for name, id := range r.Channels {
		var channel struct{ Name, TeamID string }
		getJSON(t, r.URL+"/api/v4/channels/"+id, r.Admin.Token, &channel)
		assert.Equal(t, name, channel.Name)
	}
	assert.Contains(t, r.Channels, "town-square")
	assert.Contains(t, r.Channels, "off-topic")
	var team struct{ ID string }
	getJSON(t, r.URL+"/api/v4/teams/name/"+r.Team.Name, r.Admin.Token, &team)
	assert.Equal(t, r.Team.ID, team.ID)
}

func TestTheAdminsTokenIsAPersonalAccessToken(t *testing.T) {
	r := start(t).ready
	var tokens []struct{ Description string }
	getJSON(t, r.URL+"/api/v4/users/me/tokens", r.Admin.Token, &tokens)
	require.Len(t, tokens, 1)
	assert.Equal(t, "made by mmfake serve", tokens[0].Description)
}

func TestTheCurlLineWorksWhenPasted(t *testing.T) {
	for _, tool := range []string{"curl", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	r := start(t)
	_, line, found := strings.Cut(r.block, "curl ")
	require.True(t, found)
	out, err := exec.CommandContext(t.Context(), "sh", "-c", "curl "+line).CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Regexp(t, `(?s)^.*HTTP/1.1 200 OK.*ok$`, string(out))
	var page struct {
		Posts map[string]struct{ Message string }
	}
	getJSON(t, r.ready.URL+"/api/v4/channels/"+r.ready.Channels["town-square"]+"/posts", r.ready.Admin.Token, &page)
	var messages []string
	for _, p := range page.Posts {
		messages = append(messages, p.Message)
	}
	assert.Contains(t, messages, "Hello, this is some text\nThis is more text. :tada:")
}

func TestTheSameSeedGivesTheSameTokens(t *testing.T) {
	first, second := start(t, "--seed", "a").ready, start(t, "--seed", "a").ready
	other := start(t).ready
	assert.Equal(t, first.Admin.Token, second.Admin.Token)
	assert.Equal(t, first.Channels, second.Channels)
	assert.NotEqual(t, first.Admin.Token, other.Admin.Token)
}

func TestTheSiteURLIsWhatClientsAreTold(t *testing.T) {
	r := start(t, "--site-url", "http://chat.test/")
	var config struct{ SiteURL string }
	getJSON(t, r.ready.URL+"/api/v4/config/client?format=old", r.ready.Admin.Token, &config)
	assert.Equal(t, "http://chat.test", config.SiteURL)
	assert.Contains(t, r.block, "Listening on  "+r.ready.URL)
}

func TestFlagsCanBeEnvironmentVariables(t *testing.T) {
	t.Setenv("MMFAKE_SEED", "a")
	fromEnvironment := start(t).ready
	t.Setenv("MMFAKE_SEED", "")
	assert.Equal(t, start(t, "--seed", "a").ready.Admin.Token, fromEnvironment.Admin.Token)
}

func TestServeBehavesAsTheVersionThatItIsAskedFor(t *testing.T) {
	old := start(t, "--server-version", "5.36").ready
	answer, err := http.Get(old.URL + "/api/v4/system/ping")
	require.NoError(t, err)
	answer.Body.Close()
	assert.Regexp(t, `^5\.36\.0\.`, answer.Header.Get("X-Version-Id"))
	assert.Empty(t, answer.Header.Get("X-Content-Type-Options"), "it came later")
}

func TestAVersionThatIsNoneIsSaidInOneSentence(t *testing.T) {
	said := fails(t, exitFailure, "serve", "--listen", "127.0.0.1:0", "--server-version", "4.10")
	assert.Contains(t, said, "mmfake: cannot start: version 4.10 is older than 5.0")
}

func TestATakenPortIsSaidInOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	said := fails(t, exitFailure, "serve", "--listen", taken.Addr().String())
	assert.Contains(t, said, "mmfake: cannot listen on "+taken.Addr().String()+": ")
	assert.Contains(t, said, "choose another address with --listen")
}

func TestAReadyFileThatCannotBeWrittenIsSaidInOneSentence(t *testing.T) {
	directory := t.TempDir()
	for _, file := range []string{directory, filepath.Join(directory, "missing", "ready.json")} {
		said := fails(t, exitFailure, "serve", "--listen", "127.0.0.1:0", "--ready-file", file)
		assert.Contains(t, said, "mmfake: cannot write the ready file "+file+": ")
	}
}

func TestAReadyFileOfAnEarlierRunIsReplaced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ready.json")
	require.NoError(t, os.WriteFile(file, []byte("old"), 0o600))
	require.NoError(t, clearReadyFile(file))
	assert.NoFileExists(t, file)
	require.NoError(t, writeReadyFile(file, &ready{URL: "http://a.test"}))
	body, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(body), `"url": "http://a.test"`)
	others, err := filepath.Glob(file + "?*")
	require.NoError(t, err)
	assert.Empty(t, others, "no temporary file is left")
}

func TestWrongUsageIsSaidInOneSentence(t *testing.T) {
	assert.Equal(t, "mmfake: say what to do: serve, record, replay, check, har, conform (mmfake --help tells more)\n", fails(t, exitUsage))
	assert.Contains(t, fails(t, exitUsage, "serve", "--lisen", ":0"), "unknown flag --lisen, did you mean \"--listen\"? (mmfake serve --help tells more)")
	assert.Contains(t, fails(t, exitUsage, "har"), `expected one of "import", "export" (mmfake har --help tells more)`)
	assert.Contains(t, fails(t, exitUsage, "serve", "--site-url", "chat.example.com"), `--site-url: "chat.example.com" is no URL such as http`)
	t.Setenv("MMFAKE_SITE_URL", "chat.example.com")
	assert.Contains(t, fails(t, exitUsage, "serve"), `"chat.example.com" is no URL such as http`)
}

func TestTheVersionIsPrinted(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitOK, run(t.Context(), []string{"--version"}, &stdout, &stderr))
	assert.Regexp(t, `^mmfake \S+, a fake of Mattermost 11\.6\n$`, stdout.String())
	assert.Empty(t, stderr.String())
}

// A session of hours is not to be lost by a file that cannot be written.
func TestAFixtureThatCannotBeWrittenIsSaidAtTheStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for path, why := range map[string]string{t.TempDir(): "it is there already and is not a file", filepath.Join(file, "below", "session.json"): "not a directory"} {
		for _, command := range [][]string{{"serve", "--record", path}, {"record", "--upstream", "http://a.test", "--out", path}} {
			said := fails(t, exitFailure, append(command, "--listen", "127.0.0.1:0")...)
			assert.Equal(t, "mmfake: cannot write "+path+": "+why+"\n", said)
		}
	}
	dir := t.TempDir()
	require.NoError(t, writable(filepath.Join(dir, "new", "session.json")))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestHelpNamesTheFlagsAndTheirVariables(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitOK, run(t.Context(), []string{"serve", "--help"}, &stdout, &stderr))
	for _, part := range []string{"--listen", "127.0.0.1:8065", "$MMFAKE_LISTEN", "--ready-file", "$MMFAKE_READY_FILE", "--seed", "$MMFAKE_SEED", "--site-url", "$MMFAKE_SITE_URL"} {
		assert.Contains(t, stdout.String(), part)
	}
	assert.Empty(t, stderr.String())
}

func TestTheBinaryStopsOnASignal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signals")
	}
	binary := filepath.Join(t.TempDir(), "mmfake")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ready.json")
			command := exec.CommandContext(t.Context(), binary, "serve", "--listen", "127.0.0.1:0", "--ready-file", file)
			printed, err := command.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, command.Start())
			r := await(t, printed, file, "curl ", func() int {
				require.NoError(t, command.Process.Signal(signal))
				return 0
			})
			idle, err := net.Dial("tcp", strings.TrimPrefix(r.ready.URL, "http://"))
			require.NoError(t, err)
			defer idle.Close() // a client that keeps its connection does not hold up the end
			started := time.Now()
			_, rest := r.stop()
			assert.Contains(t, rest, "Stopped.")
			assert.NoError(t, command.Wait(), "the exit code is 0")
			assert.Less(t, time.Since(started), 10*time.Second)
		})
	}
}
