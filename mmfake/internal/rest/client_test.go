package rest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A client sends requests to a fake as one of its users, or as nobody.
type client struct {
	t     testing.TB
	mm    *mmfake.Server
	token string // "" for nobody
}

// clientOf is a client of an actor; nil is nobody.
func clientOf(t testing.TB, mm *mmfake.Server, a *mmfake.Actor) client {
	c := client{t: t, mm: mm}
	if a != nil {
		c.token = a.Token
	}
	return c
}

// A reply is an answer, read to its end.
type reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// get is the value at a gjson path of the answer's body.
func (r reply) get(path string) gjson.Result { return gjson.GetBytes(r.Body, path) }

// problem is the id of the error that was answered.
func (r reply) problem() string { return r.get("id").String() }

// do sends a request. A body that is a string or []byte goes as it is, anything
// else as JSON; headers are pairs of a name and a value.
func (c client) do(method, path string, body any, headers ...string) reply {
	c.t.Helper()
	var content io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(body)
	case []byte:
		content = bytes.NewReader(body)
	default:
		b, err := json.Marshal(body)
		require.NoError(c.t, err)
		content = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.mm.URL+path, content)
	require.NoError(c.t, err)
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := c.mm.Client().Do(req)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	return reply{resp.StatusCode, resp.Header, b}
}

// A part is a part of a form: a field, or with a file name a file.
type part struct{ field, fileName, content string }

// form sends a multipart form.
func (c client) form(path string, parts ...part) reply {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		var to io.Writer
		var err error
		if p.fileName != "" {
			to, err = w.CreateFormFile(p.field, p.fileName)
		} else {
			to, err = w.CreateFormField(p.field)
		}
		require.NoError(c.t, err)
		_, err = io.WriteString(to, p.content)
		require.NoError(c.t, err)
	}
	require.NoError(c.t, w.Close())
	return c.do("POST", path, body.Bytes(), "Content-Type", w.FormDataContentType())
}

// listen opens the client's websocket and returns what waits for the next event of
// a name.
func (c client) listen() (next func(event string) gjson.Result) {
	any := c.events()
	return func(event string) gjson.Result { return any(event) }
}

// events is listen for the next event that has one of some names.
func (c client) events() (next func(names ...string) gjson.Result) {
	c.t.Helper()
	header := http.Header{"Authorization": {"Bearer " + c.token}}
	conn, _, err := websocket.Dial(c.t.Context(), c.mm.URL+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header})
	require.NoError(c.t, err)
	c.t.Cleanup(func() { conn.CloseNow() })
	conn.SetReadLimit(-1)
	next = func(names ...string) gjson.Result {
		c.t.Helper()
		for {
			_, message, err := conn.Read(c.t.Context())
			require.NoError(c.t, err, "waiting for %s", names)
			if slices.Contains(names, gjson.GetBytes(message, "event").String()) {
				return gjson.ParseBytes(message)
			}
		}
	}
	next("hello") // from here on it hears everything
	return next
}
