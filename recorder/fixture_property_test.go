package recorder_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A maker makes sessions up, of few values that come again and again, in every
// form in which a session may have them.
type maker struct{ *rand.Rand }

func (m maker) one(of ...string) string { return of[m.IntN(len(of))] }

func (m maker) id() string {
	return m.one(firstRun.user, firstRun.other, firstRun.channel, firstRun.team, firstRun.post, firstRun.hook, "abcdefghijklmnopqrstuvwxyz")
}

func (m maker) time() int64 { return firstRun.begin + m.Int64N(5) }

func (m maker) text() string {
	switch m.IntN(9) {
	case 0:
		return m.id()
	case 8:
		return m.one("", "Bearer ", "the ") + m.secret()
	case 1:
		return m.one("{", "", "{{", "see ") + m.id() + m.one("}", "}}", "x", "__"+m.id())
	case 2:
		return fmt.Sprint(m.time())
	case 3:
		return m.one("{user.alice}", "{time.1}", "{brace.open}", "{{a.b}", "$json", "\x00", "<&>\u2028", "12345678", "password1")
	case 4:
		encoded, _ := json.Marshal(m.value(2))
		return string(encoded)
	case 5:
		return "http://127.0.0.1:" + m.one("8065", "40000", "5005") + "/hooks/" + m.id()
	default:
		return m.one("dev", "alice", "two words", "")
	}
}

func (m maker) key() string {
	return m.one("id", "user_id", "channel_id", "username", "name", "create_at", "timestamp", "posts", "root_id",
		"$json", "$text", "$", "order", "text", "{user.alice}", m.id(), m.id())
}

func (m maker) secretKey() string { return m.one("token", "password", "trigger_id", "client_secret") }

func (m maker) secret() string {
	return m.one(firstRun.token, firstRun.trigger, "Correct horse 1", "pass", "")
}

func (m maker) value(depth int) any {
	switch kind := m.IntN(8); {
	case kind < 3 && depth > 0:
		object := map[string]any{}
		for range m.IntN(5) {
			if key := m.key(); m.IntN(4) > 0 {
				object[key] = m.value(depth - 1)
			} else {
				object[m.secretKey()] = m.secret()
			}
		}
		return object
	case kind < 4 && depth > 0:
		list := []any{}
		for range m.IntN(4) {
			list = append(list, m.value(depth-1))
		}
		return list
	case kind == 5:
		return m.time() / []int64{1, 1000}[m.IntN(2)]
	case kind == 6:
		return []any{nil, true, 1.5, 0}[m.IntN(4)]
	}
	return m.text()
}

func (m maker) message() recorder.Message {
	switch m.IntN(6) {
	case 5:
		return m.upload()
	case 0:
		return message("application/x-www-form-urlencoded", url.Values{m.key(): {m.text(), m.text()}, m.key(): {m.text()}}.Encode())
	case 1:
		return message("text/plain", m.text())
	case 2:
		return message("application/octet-stream", "\x00"+m.one("a", "b"))
	}
	body, _ := json.Marshal(m.value(4))
	return message("application/json", string(body))
}

// upload is a form with parts, some of which are files.
func (m maker) upload() recorder.Message {
	var parts []part
	for range m.IntN(4) {
		p := part{name: m.one("channel_id", "files", "token", m.id()), content: m.one(m.text(), "\x00"+m.one("a", "b"))}
		if m.IntN(2) == 0 {
			p.filename, p.contentType = m.one("a.png", `C:\my "files"\`+m.id()+".txt", "ü.txt"), m.one("image/png", "")
		}
		parts = append(parts, p)
	}
	return formOf("x"+m.one("1", "2", "3"), parts...)
}

func (m maker) session() []*recorder.Exchange {
	// A session whose secrets nothing tells from texts is refused.
	session := []*recorder.Exchange{saying(fmt.Sprintf(`{"token":%q,"trigger_id":%q,"password":"Correct horse 1"}`, firstRun.token, firstRun.trigger))}
	for range 1 + m.IntN(4) {
		ex := &recorder.Exchange{
			Kind: recorder.Kind(m.one("api", "webhook", "callback", "socket")), Direction: recorder.In,
			Request: recorder.Request{Method: "POST", Path: "/api/v4/" + m.one("posts", "users", "channels") + "/" + m.one(m.id(), "me", "x/"+m.id()), Message: m.message()},
		}
		if m.IntN(3) > 0 {
			ex.Response = recorder.Response{Status: 200, Message: m.message()}
		}
		if m.IntN(3) == 0 {
			ex.Request.Query = url.Values{m.key(): {m.text()}}.Encode()
		}
		session = append(session, ex)
	}
	return session
}

// plain lets the made-up sessions have what the last scan would not like.
var plain = recorder.KeepKey("id", "text", "name", "order", "posts", "")

func TestWhatIsReadBackAndMadeAgainIsAlwaysTheSameBytes(t *testing.T) {
	for seed := range uint64(1000) {
		session := maker{rand.New(rand.NewPCG(seed, 6))}.session()
		made, err := recorder.NewFixture(session, plain)
		require.NoError(t, err, "seed %d", seed)
		read, err := recorder.ParseFixture("s.json", made.Bytes())
		require.NoError(t, err, "seed %d:\n%s", seed, made.Bytes())
		require.Equal(t, string(made.Bytes()), string(read.Bytes()), "seed %d, read and written", seed)
		again, err := recorder.NewFixture(read.Exchanges(), plain)
		require.NoError(t, err, "seed %d", seed)
		require.Equal(t, string(made.Bytes()), string(again.Bytes()), "seed %d, made again", seed)
	}
}
