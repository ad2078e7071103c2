package recorder_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The sessions of a browser with a fake: a login, a websocket, posts, an upload, a
// webhook, an image. chrome.har has been saved by Chromium 148, with its content,
// firefox.har by Firefox 140.
var browsers = map[string]string{"chrome": "http://127.0.0.1:33695", "firefox": "http://127.0.0.1:9444"}

func TestWhatABrowserHasSavedBecomesAFixture(t *testing.T) {
	for browser, site := range browsers {
		t.Run(browser, func(t *testing.T) {
			f, _, err := recorder.LoadHAR(filepath.Join("testdata", browser+".har"), recorder.Site(site))
			require.NoError(t, err)
			golden := filepath.Join("testdata", browser+".json")
			if *update {
				require.NoError(t, os.WriteFile(golden, f.Bytes(), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(f.Bytes()))

			har, err := os.ReadFile(filepath.Join("testdata", browser+".har"))
			require.NoError(t, err)
			secrets := recorder.Message{Body: har}
			for _, cookie := range secrets.Get(`log.entries.#.request.cookies.#.value|@flatten`).Array() {
				assert.NotContains(t, string(f.Bytes()), cookie.String())
			}
		})
	}
}

func TestWhatIsNotOfTheServersAPIIsLeftOutWithAWord(t *testing.T) {
	for browser, want := range map[string][]string{
		"chrome":  {"1 request to http://127.0.0.1:1", "what is in the files of 1 upload"},
		"firefox": {"2 requests for pages and files of the server, and what else is not its API"},
	} {
		_, leftOut, err := recorder.LoadHAR(filepath.Join("testdata", browser+".har"), recorder.Site(browsers[browser]))
		require.NoError(t, err)
		assert.Equal(t, want, leftOut)
	}
}

func TestWhatNobodyCouldHaveSentToTheServerIsLeftOut(t *testing.T) {
	get := func(url string) string {
		return `{"request": {"method": "GET", "url": "` + url + `"}, "response": {"status": 200}}`
	}
	lost := `{"request": {"method": "POST", "url": "` + chatURL + `/api/v4/files", "postData": {"mimeType": "multipart/form-data; boundary=x", "params": [{"name": "files", "fileName": "a.png"}]}}}`
	f, leftOut, err := recorder.ParseHAR("s.har", harOf(get(chatURL+"/api/v4/x"), get("https://track.test/%zz"), get("data:image/png;base64,AA=="), get("blob:"+chatURL+"/1"), lost))
	require.NoError(t, err)
	assert.Equal(t, 2, f.Len())
	assert.Equal(t, []string{"1 request to blob:", "1 request to data:", "1 request to what is no URL", "what is in the files of 1 upload"}, leftOut)
}

// harOf is a HAR file of entries, to each of which is added what every one has.
func harOf(entries ...string) []byte {
	for i, e := range entries {
		if !strings.Contains(e, "startedDateTime") {
			entries[i] = `{"startedDateTime": "2024-05-01T10:00:00.000+02:00", ` + e[1:]
		}
	}
	return []byte(`{"log": {"version": "1.2", "creator": {"name": "a browser", "version": "1"}, "entries": [` + strings.Join(entries, ",\n") + `]}}`)
}

// importing returns the exchanges of a HAR file.
func importing(t *testing.T, har []byte, options ...recorder.FixtureOption) []*recorder.Exchange {
	t.Helper()
	f, _, err := recorder.ParseHAR("s.har", har, options...)
	require.NoError(t, err)
	return f.Exchanges()
}

const chatURL = "https://chat.example.com"

func TestTheFormsOfRequestsInHAR(t *testing.T) {
	const path = `"method": "POST", "url": "` + chatURL + `/api/v4/x"`
	for name, c := range map[string]struct{ request, contentType, body string }{
		"a body of text":           {`"headers": [{"name": "content-type", "value": "application/json"}], "postData": {"mimeType": "application/json", "text": "{\"a\":1}"}`, "application/json", `{"a":1}`},
		"a header that is missing": {`"headers": [], "postData": {"mimeType": "application/json", "text": "{}"}`, "application/json", `{}`},
		"fields without a text":    {`"postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "b", "value": "1 &"}, {"name": "a", "value": "2"}]}`, "application/x-www-form-urlencoded", "a=2&b=1+%26"},
		"fields without a type":    {`"postData": {"params": [{"name": "a", "value": "2"}]}`, "application/x-www-form-urlencoded", "a=2"},
		"parts without a text":     {`"postData": {"mimeType": "multipart/form-data; boundary=x", "params": [{"name": "f", "fileName": "a.txt", "contentType": "text/plain", "value": "hi"}]}`, "multipart/form-data; boundary=boundary-1", "--boundary-1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--boundary-1--\r\n"},
		"no fields at all":         {`"postData": {"mimeType": "application/json", "params": []}`, "application/json", ""},
		"bytes in base64":          {`"postData": {"mimeType": "application/octet-stream", "text": "AAE=", "encoding": "base64"}`, "application/octet-stream", "\x00\x01"},
		"a letter for each byte":   {`"bodySize": 3, "postData": {"mimeType": "text/plain", "text": "Ã¼n"}`, "text/plain", "ün"},
		"letters of several bytes": {`"bodySize": 5, "postData": {"mimeType": "text/plain", "text": "ünï"}`, "text/plain", "ünï"},
		"null where nothing is":    {`"postData": null, "cookies": null`, "", ""},
		"header fields of HTTP/2":  {`"headers": [{"name": ":method", "value": "POST"}, {"name": ":authority", "value": "x"}]`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := importing(t, harOf(`{"request": {`+path+`, `+c.request+`}, "response": {"status": 200}}`))[0].Request
			assert.Equal(t, c.contentType, got.Header.Get("Content-Type"))
			assert.Equal(t, c.body, got.Text())
			assert.Equal(t, "POST", got.Method)
			assert.Equal(t, "/api/v4/x", got.Path)
		})
	}
}

func TestTheFormsOfAnswersInHAR(t *testing.T) {
	for name, c := range map[string]struct {
		response string
		status   int
		body     string
		size     int64
		err      string
	}{
		"a text":                  {`"status": 200, "content": {"size": 2, "mimeType": "text/plain", "text": "ok"}`, 200, "ok", 2, ""},
		"base64":                  {`"status": 200, "content": {"size": 2, "mimeType": "image/png", "text": "AAE=", "encoding": "base64"}`, 200, "\x00\x01", 2, ""},
		"smaller on its way":      {`"status": 200, "bodySize": 1, "content": {"size": 2, "compression": 1, "mimeType": "text/plain", "text": "ok"}`, 200, "ok", 2, ""},
		"not kept by the browser": {`"status": 200, "content": {"size": 5, "mimeType": "text/plain"}`, 200, "", 5, ""},
		"nothing":                 {`"status": 204, "content": {"size": 0, "mimeType": "x-unknown"}`, 204, "", 0, ""},
		"unchanged":               {`"status": 304, "content": {"size": 2, "mimeType": "text/plain", "text": "ok"}`, 304, "", 0, ""},
		"a network error":         {`"status": 0, "_error": "net::ERR_FAILED", "content": {"size": 0, "mimeType": "x-unknown"}`, 0, "", 0, "net::ERR_FAILED"},
		"no status":               {`"status": 0`, 0, "", 0, "it was not answered"},
	} {
		t.Run(name, func(t *testing.T) {
			got := importing(t, harOf(`{"request": {"method": "GET", "url": "`+chatURL+`/api/v4/x"}, "response": {`+c.response+`}}`))[0]
			assert.Equal(t, c.status, got.Response.Status)
			assert.Equal(t, c.body, got.Response.Text())
			assert.Equal(t, c.size, got.Response.Size)
			assert.Equal(t, c.err, got.Err)
		})
	}
}

func TestTheServerOfAHARIsFoundOrSaid(t *testing.T) {
	to := func(url string) string {
		return `{"request": {"method": "GET", "url": "` + url + `"}, "response": {"status": 200}}`
	}
	one := harOf(to(chatURL+"/api/v4/a"), to("wss://chat.example.com:443/api/v4/websocket"), to("https://other.test/x"))
	assert.Len(t, importing(t, one), 2, "there is only one")
	assert.Len(t, importing(t, one, recorder.Site(chatURL+":443/")), 2, "its port is that of the scheme")

	_, _, err := recorder.ParseHAR("s.har", harOf(to(chatURL+"/api/v4/a"), to("http://b.test/api/v4/a")))
	assert.EqualError(t, err, "recorder: s.har:1: it has requests to several Mattermost servers: say which of them (recorder.Site, --site): http://b.test, https://chat.example.com")
	_, _, err = recorder.ParseHAR("s.har", harOf(to("https://other.test/x")))
	assert.EqualError(t, err, "recorder: s.har:1: it has no request to /api/v4 of any server")
	_, _, err = recorder.ParseHAR("s.har", one, recorder.Site("http://b.test"))
	assert.EqualError(t, err, "recorder: s.har has no request to the Mattermost server at b.test")

	hook := strings.Replace(to(chatURL+"/mattermost/hooks/9wd6ikuy1fnf8gq3myfuj6eo5h"), "GET", "POST", 1)
	below := harOf(to(chatURL+"/mattermost/api/v4/a"), hook, to(chatURL+"/api/v4/b"))
	got := importing(t, below, recorder.Site(chatURL+"/mattermost"))
	require.Len(t, got, 2)
	assert.Equal(t, "/api/v4/a", got[0].Request.Path)
	assert.Equal(t, recorder.KindWebhook, got[1].Kind)
	assert.Equal(t, "/api/v4/a", importing(t, harOf(to(chatURL+"/mattermost/api/v4/a")))[0].Request.Path)
}

func TestAnAnswerToldTheVersionOfTheServer(t *testing.T) {
	f, _, err := recorder.ParseHAR("s.har", harOf(`{"request": {"method": "GET", "url": "`+chatURL+`/api/v4/x"}, "response": {"status": 200, "headers": [{"name": "x-version-id", "value": "5.36.1.5.36.1.0a31.false"}]}}`))
	require.NoError(t, err)
	assert.Equal(t, "5.36.1", f.Server())
}

func TestABrowsersCookieIsShownAsItsToken(t *testing.T) {
	for name, request := range map[string]string{
		"among the cookies": `"headers": [], "cookies": [{"name": "MMAUTHTOKEN", "value": "u4xq9khd1bf6pfzxoemtzj9hyr"}]`,
		"in the header":     `"headers": [{"name": "cookie", "value": "a=b; MMAUTHTOKEN=u4xq9khd1bf6pfzxoemtzj9hyr"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			f, _, err := recorder.ParseHAR("s.har", harOf(`{"request": {"method": "GET", "url": "`+chatURL+`/api/v4/x", `+request+`}, "response": {"status": 200}}`))
			require.NoError(t, err)
			assert.Contains(t, string(f.Bytes()), `"header": {"Authorization": "Bearer {token.1}"}`)
		})
	}
}

func TestWebsocketMessagesStandBetweenTheRequestsByTheirTimes(t *testing.T) {
	har := harOf(
		`{"startedDateTime": "2024-05-01T10:00:00.000Z", "request": {"method": "GET", "url": "wss://chat.example.com/api/v4/websocket"}, "response": {"status": 101, "content": {"size": 0, "mimeType": "x-unknown"}}, "_resourceType": "websocket", "_webSocketMessages": [
		 {"type": "receive", "time": 1714557600.1, "opcode": 1, "data": "{\"event\":\"hello\"}"},
		 {"type": "receive", "time": 1714557600.15, "opcode": 9, "data": ""},
		 {"type": "send", "time": 1714557600.3, "opcode": 2, "data": "AAH/"},
		 {"type": "error", "time": 1714557600.35, "opcode": -1, "data": "closed"},
		 {"type": "receive", "time": 1714557600.4, "opcode": 1, "data": "last"}]}`,
		`{"startedDateTime": "2024-05-01T10:00:00.500Z", "request": {"method": "GET", "url": "`+chatURL+`/api/v4/late"}, "response": {"status": 200}}`,
		`{"startedDateTime": "2024-05-01T12:00:00.200+02:00", "request": {"method": "GET", "url": "`+chatURL+`/api/v4/early"}, "response": {"status": 200}}`,
	)
	var got []string
	for _, ex := range importing(t, har) {
		got = append(got, string(ex.Direction)+" "+ex.Request.Method+ex.Request.Path+" "+ex.Request.Text())
	}
	assert.Equal(t, []string{
		"in GET/api/v4/websocket ", `out /api/v4/websocket {"event":"hello"}`, "in GET/api/v4/early ", "in /api/v4/websocket \x00\x01\xff",
		"out /api/v4/websocket last", "in GET/api/v4/late ",
	}, got)
}

func TestWhatIsWrongWithAHARIsSaidWithItsFileLineAndPlace(t *testing.T) {
	const request = `"request": {"method": "GET", "url": "https://chat.example.com/api/v4/x"}`
	for name, c := range map[string]struct{ har, want string }{
		"no JSON":                 {"<html>", "s.har:1: it is no JSON: invalid character '<'"},
		"cut short":               {"{\"log\": {\n\"version\": \"1.2\", \"entries\": [", "s.har:2: it is cut short"},
		"nothing":                 {"", "s.har:1: it is cut short"},
		"a fixture":               {aFixture, `s.har:1: it is no HAR: it has no "log"`},
		"a list":                  {"[]", `s.har:1: it is no HAR: it has no "log"`},
		"a log that is none":      {`{"log": []}`, `s.har:1: log is [], which must be an object`},
		"another version":         {"{\"log\": {\n\"version\": \"1.1\", \"entries\": []}}", `s.har:2: log.version is "1.1": only HAR 1.2 is read`},
		"no version":              {`{"log": {"entries": []}}`, `s.har:1: log.version is missing, which must be a text`},
		"no entries":              {`{"log": {"version": "1.2"}}`, `s.har:1: log.entries is missing, which must be a list`},
		"no time":                 {string(harOf(`{"startedDateTime": "yesterday", ` + request + `}`)), `log.entries.0.startedDateTime is "yesterday", which is no time such as 2023-`},
		"no request":              {string(harOf(`{"x": 1}`)), `log.entries.0.request is missing, which must be an object`},
		"a second entry":          {string(harOf(`{`+request+`, "response": {"status": 200}}`, `{`+request+`, "response": {"status": "200"}}`)), `s.har:2: log.entries.1.response.status is "200", which must be a number`},
		"a method that is none":   {string(harOf(`{"request": {"method": "", "url": "https://c.test/api/v4/x"}}`)), `log.entries.0.request.method is empty, which must be a method such as GET`},
		"a header":                {string(harOf(`{"request": {"method": "GET", "url": "https://c.test/api/v4/x", "headers": [{"name": "a"}]}}`)), `log.entries.0.request.headers.0.value is missing, which must be a text`},
		"a status that is none":   {string(harOf(`{` + request + `, "response": {"status": 7}}`)), `log.entries.0.response.status is 7, which is no HTTP status`},
		"a kind that is none":     {string(harOf(`{` + request + `, "_kind": "app"}`)), `log.entries.0._kind is "app", which is none of api, webhook, page, callback, socket`},
		"base64":                  {string(harOf(`{` + request + `, "response": {"status": 200, "content": {"text": "%", "encoding": "base64"}}}`)), `log.entries.0.response.content.text cannot be decoded: it is said to be base64`},
		"a message":               {string(harOf(`{` + request + `, "_webSocketMessages": [{"type": "send", "opcode": 1}]}`)), `log.entries.0._webSocketMessages.0.data is missing, which must be a text`},
		"a number that is none":   {string(harOf(`{` + request + `, "response": {"status": 1e999}}`)), `log.entries.0.response.status is 1e999, which is too large`},
		"what looks like a token": {string(harOf(`{` + request + `, "response": {"status": 200, "content": {"text": "ghp_0123456789abcdefghijABCDEFGHIJ012345"}}}`)), `s.har: exchanges.0.answer.text looks like a GitHub token`},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := recorder.ParseHAR("s.har", []byte(c.har))
			require.ErrorContains(t, err, c.want)
			assert.NotContains(t, err.Error(), "\n")
			assert.True(t, strings.HasPrefix(err.Error(), "recorder: s.har"), err.Error())
		})
	}
}

func TestAHugeHARIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.har")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, os.Truncate(path, 300<<20))
	_, _, err := recorder.LoadHAR(path)
	assert.EqualError(t, err, "recorder: "+path+" is larger than 256 MB: save only the requests to Mattermost, or without the content of pages")
	_, _, err = recorder.LoadHAR(path + "x")
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestAWrittenHARSaysWhatTheServerHasSent(t *testing.T) {
	har := recorder.Message{Body: firstRun.fixture(t).HAR()}
	require.NoError(t, harSchema(t)(har.Body))
	assert.Equal(t, "in in in in in out in", strings.Join(textsAt(har, "log.entries.#._direction"), " "), "the websocket has an entry too, though its beginning is not recorded")
	assert.Equal(t, "sent by the server to an integration", har.Get("log.entries.5.comment").String())
	assert.Equal(t, "the client went away", har.Get("log.entries.6.response._error").String())
	times := textsAt(har, "log.entries.#.startedDateTime")
	assert.IsIncreasing(t, times)
	assert.NotContains(t, har.Text(), firstRun.token)
}

func TestHeadersAndRulesOfAFixtureComeBackFromItsHAR(t *testing.T) {
	ex := saying(`{"mail":"a@b.test"}`)
	ex.Request.Header.Set("X-Mine", "a")
	ex.Response = recorder.Response{Status: 200, Message: message("text/plain", "ok")}
	ex.Response.Header.Set("X-Theirs", "b")
	made, err := recorder.NewFixture([]*recorder.Exchange{ex}, recorder.KeepHeader("X-Mine", "X-Theirs"), recorder.RedactKey("mail"))
	require.NoError(t, err)
	require.Contains(t, string(made.Bytes()), `"X-Theirs": "b"`)
	for _, options := range [][]recorder.FixtureOption{nil, {recorder.RedactKey("mail")}} {
		again, _, err := recorder.ParseHAR("s.har", made.HAR(), options...)
		require.NoError(t, err)
		assert.Equal(t, string(made.Bytes()), string(again.Bytes()))
	}
}

func TestABinaryBodyMayHaveAnIDInItThatAWrittenHARNames(t *testing.T) {
	binary := saying("\x00" + firstRun.post)
	named := saying(`{"post_id":"` + firstRun.post + `"}`)
	made, err := recorder.NewFixture([]*recorder.Exchange{binary, named})
	require.NoError(t, err)
	har := []byte(strings.Replace(string(made.HAR()), made.Value("post.1"), firstRun.post, -1)) // as of a fixture that was made of a HAR
	again, _, err := recorder.ParseHAR("s.har", har)
	require.NoError(t, err)
	assert.Equal(t, string(made.Bytes()), string(again.Bytes()))
}

func TestATimeInAHARMayHaveAZoneWithoutAColon(t *testing.T) {
	exchanges := importing(t, harOf(`{"startedDateTime": "2023-11-14T22:13:20.135+0100", "request": {"method": "GET", "url": "`+chatURL+`/api/v4/x"}}`))
	assert.Len(t, exchanges, 1)
}

func TestOfSeveralConnectionsOfAUserEachHasItsOwnMessagesInAHAR(t *testing.T) {
	open := &recorder.Exchange{Kind: recorder.KindAPI, Direction: recorder.In, Actor: "alice", Request: recorder.Request{Method: "GET", Path: "/ws"}, Response: recorder.Response{Status: 101}}
	event := func(seq string) *recorder.Exchange {
		return &recorder.Exchange{Kind: recorder.KindSocket, Direction: recorder.Out, Actor: "alice", Request: recorder.Request{Path: "/ws", Message: recorder.Message{Body: []byte(`{"seq":` + seq + `}`)}}}
	}
	session := []*recorder.Exchange{open, event("0"), event("1"), open, event("0"), event("2"), event("1")}
	made, err := recorder.NewFixture(session)
	require.NoError(t, err)
	har := recorder.Message{Body: made.HAR()}
	assert.Equal(t, []string{`{"seq":0}`, `{"seq":1}`, `{"seq":2}`}, textsAt(har, "log.entries.0._webSocketMessages.#.data"))
	assert.Equal(t, []string{`{"seq":0}`, `{"seq":1}`}, textsAt(har, "log.entries.1._webSocketMessages.#.data"))
}

func TestAHARFileIsWrittenForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.har")
	require.NoError(t, firstRun.fixture(t).SaveHAR(path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	again, _, err := recorder.LoadHAR(path)
	require.NoError(t, err)
	assert.Equal(t, string(firstRun.fixture(t).Bytes()), string(again.Bytes()))
	assert.ErrorContains(t, firstRun.fixture(t).SaveHAR(filepath.Join(path, "below")), "is not written")
}

func textsAt(m recorder.Message, path string) []string {
	var all []string
	for _, at := range m.Get(path).Array() {
		all = append(all, at.String())
	}
	return all
}

func FuzzParseHAR(f *testing.F) {
	f.Add(harOf(`{"request": {"method": "POST", "url": "` + chatURL + `/api/v4/x", "postData": {"params": [{"name": "a"}]}}, "response": {"status": 200, "content": {"size": 1}}, "_webSocketMessages": [{"type": "send", "opcode": 2, "data": "AA=="}]}`))
	f.Add([]byte(`{"log": {"version": "1.2", "_fixture": {"site": "http://a", "names": {"user.a": "b"}, "redacted": []}, "entries": []}}`))
	made, err := recorder.NewFixture(firstRun.session())
	require.NoError(f, err)
	f.Add(made.HAR())
	f.Fuzz(func(t *testing.T, content []byte) {
		read, _, err := recorder.ParseHAR("s.har", content)
		if err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), "recorder: s.har"), err.Error())
			return
		}
		_, err = recorder.ParseFixture("s.json", read.Bytes())
		require.NoError(t, err, "what is made can be read")
		_, _, err = recorder.ParseHAR("s.har", read.HAR())
		require.NoError(t, err, "and written as HAR again")
	})
}

// harSchema returns what tells whether a content is a HAR 1.2.
func harSchema(t *testing.T) func(content []byte) error {
	t.Helper()
	schemas := jsonschema.NewCompiler()
	schemas.AssertFormat()
	compiled, err := schemas.Compile("testdata/har.schema.json")
	require.NoError(t, err)
	return func(content []byte) error {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			return err
		}
		return compiled.Validate(document)
	}
}
