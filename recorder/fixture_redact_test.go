package recorder_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// saying returns an exchange whose request has the body.
func saying(body string) *recorder.Exchange {
	return &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In,
		Request: recorder.Request{Method: "POST", Path: "/api/v4/posts", Message: jsonMessage(body)},
	}
}

func content(t *testing.T, ex *recorder.Exchange, options ...recorder.FixtureOption) string {
	t.Helper()
	f, err := recorder.NewFixture([]*recorder.Exchange{ex}, options...)
	require.NoError(t, err)
	return string(f.Bytes())
}

func TestOwnRulesRedactByKeyAndByPath(t *testing.T) {
	ex := saying(`{"user":{"e-mail":"a@example.com","phone":[1,2]},"list":[{"x":"first"},{"x":"second"}],"again":"mail a@example.com"}`)
	got := content(t, ex, recorder.RedactKey("E_MAIL"), recorder.RedactPath("user.phone", "list.#.x"))
	for _, gone := range []string{"a@example.com", "first", "second", "[1"} {
		assert.NotContains(t, got, gone)
	}
	assert.Contains(t, got, `{"e-mail": "{secret.1}", "phone": "{secret.2}"}`)
	assert.Contains(t, got, `"again": "mail {secret.1}"`)
	assert.Contains(t, got, `"key E_MAIL"`)
	assert.Contains(t, string(ex.Request.Body), "a@example.com", "the exchange is as it was")
}

func TestOwnRulesReachIntoJSONInTexts(t *testing.T) {
	got := content(t, saying(`{"post":"{\"props\":\"{\\\"code\\\":\\\"blue\\\"}\"}"}`), recorder.RedactKey("code"))
	assert.Contains(t, got, `{"post": {"$json": {"props": {"$json": {"code": "{secret.1}"}}}}}`)
}

func TestARuleThatCannotWorkIsAnError(t *testing.T) {
	for _, option := range []recorder.FixtureOption{
		recorder.RedactKey(""), recorder.RedactPath(""), recorder.RedactPath("user|@values"), recorder.KeepHeader("cookie"), recorder.Site("nowhere"),
	} {
		_, err := recorder.NewFixture(nil, option)
		assert.Error(t, err)
	}
}

func TestWhatLooksLikeASecretIsNotWritten(t *testing.T) {
	for name, c := range map[string]struct{ body, place string }{
		"a GitHub token":   {`{"props":{"note":"see ghp_0123456789abcdefghijABCDEFGHIJ012345"}}`, "exchanges.0.request.json.props.note looks like a GitHub token (ghp_…"},
		"a JSON web token": {`{"a":["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"]}`, "exchanges.0.request.json.a.0 looks like a JSON web token"},
		"a private key":    {`{"k":"-----BEGIN RSA PRIVATE KEY-----\nx"}`, "exchanges.0.request.json.k looks like a private key"},
		"random letters":   {`{"k":"Zx81kPqW0vBn73LmTr5YcDu2HsGj9FaE"}`, "exchanges.0.request.json.k looks like a token"},
		"a Slack webhook":  {`{"k":"https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx"}`, "exchanges.0.request.json.k looks like a Slack webhook (hook…"},
		"a URL's password": {`{"k":"https://bot:hunter22@ci.test/"}`, "exchanges.0.request.json.k looks like a password in a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "session.json")
			err := journalOf(saying(c.body)).Save(path)
			assert.ErrorContains(t, err, c.place)
			assert.ErrorContains(t, err, path)
			assert.NoFileExists(t, path)
			assert.NoError(t, journalOf(saying(c.body)).Save(path, recorder.KeepKey("note", "a", "k")))
		})
	}
}

func TestASecretInTextThatIsNoJSONIsReplaced(t *testing.T) {
	got := content(t, saying(`{"password":"open sesame", cut short`))
	assert.NotContains(t, got, "open sesame")
	got = content(t, saying(`"Authorization: Bearer abcdefghijklmnopq12 and token=q1w2e3r4t5"`))
	assert.NotContains(t, got, "abcdefghijklmnopq12")
	assert.NotContains(t, got, "q1w2e3r4t5")
}

func TestASecretInJSONInATextInATextIsReplaced(t *testing.T) {
	assert.NotContains(t, content(t, saying(`{"log":"\"{\\\"password\\\":\\\"open sesame\\\"}\""}`)), "open sesame")
}

func TestAPasswordThatIsAWordIsNotSeenInTexts(t *testing.T) {
	got := content(t, saying(`{"login_id":"sysadmin","password":"sysadmin","new_password":"password","message":"a password of sysadmin's: c0rrect.h0rse","client_secret":"c0rrect.h0rse"}`))
	for _, shown := range []string{`"login_id": "sysadmin"`, `"password": "{password.1}"`, `"new_password": "{password.2}"`, `"message": "a password of sysadmin's: {secret.1}"`} {
		assert.Contains(t, got, shown)
	}
	assert.Contains(t, content(t, saying(`{"password":"my_password","my_password":"x1y2z3w4"}`)), `{"password": "{password.1}", "my_password": "{password.2}"}`, "a key stays")
}

func TestPasswordsOfDigitsAndListsOfSecretsAreReplaced(t *testing.T) {
	got := content(t, saying(`{"password":"12345678","old_password":1234,"tokens":["one of","many"],"EnablePassword":"true","mfa_token":"123456"}`))
	assert.Contains(t, got, `"password": "{password.1}",
     "old_password": "{secret.1}",
     "tokens": ["{token.1}", "{token.2}"],
     "EnablePassword": "true",
     "mfa_token": "123456"`, "a code that is good for seconds is none")
}

// curl -d calls what it sends a form, and the API reads it as JSON.
func TestJSONThatIsCalledAFormIsRedactedAndComesBackAsItWas(t *testing.T) {
	ex := saying(`{"login_id":"alice","password":"open sesame"}`)
	ex.Request.Header = formHeader()
	got := content(t, ex)
	assert.Contains(t, got, `"json": {"login_id": "alice", "password": "{password.1}"}`)
	assert.NotContains(t, got, "open sesame")
	f, err := recorder.ParseFixture("s.json", []byte(got))
	require.NoError(t, err)
	request := f.With(map[string]string{"password.1": "open sesame"}).Exchanges()[0].Request
	assert.Equal(t, ex.Request.Text(), request.Text())
	assert.Equal(t, formHeader(), request.Header)
}

func TestASecretInABinaryBodyIsNotWritten(t *testing.T) {
	ex := saying(`{"token":"top secret thing"}`)
	ex.Response = recorder.Response{Status: 200, Message: message("image/png", "\x00\x01top secret thing")}
	_, err := recorder.NewFixture([]*recorder.Exchange{ex})
	assert.ErrorContains(t, err, "exchanges.0.answer.base64 has the value of {token.1} in it")
}

func TestTheServersHostInABinaryBodyIsNoSecret(t *testing.T) {
	ex := saying(`{}`)
	ex.Response = recorder.Response{Status: 200, Message: message("application/pdf", "\x00\x01http://chat.example.com/")}
	assert.Contains(t, content(t, ex, recorder.Site("http://chat.example.com")), `"base64": "AAFodHRwOi8vY2hhdC5leGFtcGxlLmNvbS8="`)
}

func TestOnlyListedHeadersAreShown(t *testing.T) {
	ex := saying(`{}`)
	ex.Request.Header = http.Header{"X-Mine": {"a", "b"}, "Cookie": {"MMAUTHTOKEN=x"}, "User-Agent": {"Go"}, "Authorization": {"Basic dXNlcjpwYXNz"}}
	got := content(t, ex, recorder.KeepHeader("x-mine"))
	assert.Contains(t, got, `"header": {"Authorization": "Basic {token.1}", "X-Mine": ["a", "b"]}`)
}

func TestAnyByteOfABodyComesBack(t *testing.T) {
	for _, body := range []string{"\x00\x01\xff", "a text with {user.alice} {{user.bob}} {brace.open}", `[1, 2]`, `"[1, 2]"`, "null", "1.50", "\xef\xbb\xbf{}", "line\r\n\tline"} {
		f, err := recorder.NewFixture([]*recorder.Exchange{saying(body)})
		require.NoError(t, err)
		read, err := recorder.ParseFixture("s.json", f.Bytes())
		require.NoError(t, err)
		if body == `[1, 2]` {
			body = `[1,2]` // JSON is written without blanks
		}
		assert.Equal(t, body, read.Exchanges()[0].Request.Text())
	}
}

func TestABodyCutShortKeepsItsSize(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Body: 4})
	journal.Append(saying(`{"message":"long"}`))
	f, err := journal.Fixture()
	require.NoError(t, err)
	got := f.Exchanges()[0].Request
	assert.True(t, got.Truncated)
	assert.EqualValues(t, 18, got.Size)
}

func TestAFileIsWrittenAsAWholeForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "testdata", "session.json")
	journal := journalOf(firstRun.session()...)
	require.NoError(t, journal.Save(path))
	require.NoError(t, journal.Save(path), "over the one that is there")
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside it")
	read, err := recorder.Load(path)
	require.NoError(t, err)
	assert.Equal(t, journal.Len(), read.Len())
}

func TestAFileIsWrittenWhereASymbolicLinkLeads(t *testing.T) {
	dir := t.TempDir()
	for link, to := range map[string]string{"there.json": "real.json", "not-yet.json": filepath.Join("new", "real.json"), "absolute.json": filepath.Join(dir, "absolute-real.json")} {
		link := filepath.Join(dir, link)
		require.NoError(t, os.Symlink(to, link))
		if !filepath.IsAbs(to) {
			to = filepath.Join(dir, to)
		}
		if filepath.Dir(to) == dir {
			require.NoError(t, os.WriteFile(to, []byte("old"), 0o644))
		}
		require.NoError(t, firstRun.fixture(t).Save(link))
		info, err := os.Lstat(to)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode())
		target, err := os.Readlink(link)
		require.NoError(t, err, "the link is still one")
		assert.Equal(t, filepath.Base(to), filepath.Base(target))
	}
}

func TestWhatIsNoFileIsNotWrittenOver(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for path, want := range map[string]string{
		dir:                               "recorder: " + dir + " is not written: it is there already and is not a file",
		os.DevNull:                        "recorder: " + os.DevNull + " is not written: it is there already and is not a file",
		"":                                "recorder:  is not written: it has no name",
		filepath.Join(file, "below.json"): "recorder: " + filepath.Join(file, "below.json") + " is not written: mkdir " + file + ": not a directory",
	} {
		assert.EqualError(t, firstRun.fixture(t).Save(path), want)
		assert.ErrorContains(t, firstRun.fixture(t).SaveHAR(path), "is not written")
	}
	null, err := os.Stat(os.DevNull)
	require.NoError(t, err)
	assert.NotZero(t, null.Mode()&os.ModeDevice)
}

func TestASessionWithoutItsBeginningIsNotWritten(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 1})
	journal.Append(saying(`{}`))
	journal.Append(saying(`{}`))
	path := filepath.Join(t.TempDir(), "session.json")
	assert.ErrorContains(t, journal.Save(path), "dropped the first 1 exchanges")
	assert.NoFileExists(t, path)
}
