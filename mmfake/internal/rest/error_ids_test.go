package rest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// Each error of the real server's that facts A lists is provoked by a request, on a
// server of each recorded version. The tables are in error_ids_*_test.go.

// An errorID is an error and what provokes it. The answers are those of 11.6, 5.36 and 5.0
// to the last of the steps: a status, with an id where it is another one than the row's, and
// "page" where it is a page for a browser; "" where the version is not asked.
type errorID struct {
	id                   string
	newest, middle, five string
	steps                string // one a line, see stage.step
}

// A silent is an error that no request to the fake provokes.
type silent struct{ id, why string }

var errorIDs = [][]errorID{
	generalErrors, loginErrors, userErrors, teamErrors, channelErrors, postErrors, fileErrors,
	incomingErrors, outgoingErrors, commandErrors, callbackErrors, socketErrors,
}

func TestEveryErrorHasTheStatusAndIDOfItsVersion(t *testing.T) {
	for _, family := range errorIDs {
		for _, row := range family {
			t.Run(row.id, func(t *testing.T) {
				for version, want := range map[string]string{"11.6": row.newest, "5.36": row.middle, "5.0": row.five} {
					if want == "" {
						continue
					}
					status, id, named := strings.Cut(want, " ")
					if !named && status >= "400" {
						id = row.id
					}
					stage := setStage(t, version)
					for line := range strings.Lines(row.steps) {
						if line = strings.TrimSpace(line); line != "" {
							stage.step(line)
						}
					}
					got := stage.last
					assert.Equal(t, strings.TrimSpace(status+" "+id), strings.TrimSpace(strconv.Itoa(got.Status)+" "+problemOf(got)), "%s: %s", version, got.Body)
				}
			})
		}
	}
}

func TestNoErrorIsListedTwice(t *testing.T) {
	silents := map[string]bool{}
	for _, s := range silentErrors {
		assert.False(t, silents[s.id], s.id)
		assert.NotEmpty(t, s.why, s.id)
		silents[s.id] = true
	}
	for _, family := range errorIDs {
		for _, row := range family {
			assert.False(t, silents[row.id], "%s is provoked, and listed as one that is not", row.id)
		}
	}
}

// problemOf is the id of an answer's error, "page" where a browser would show it.
func problemOf(r reply) string {
	switch contentType := r.Header.Get("Content-Type"); {
	case r.Status < 400:
		return ""
	case strings.HasPrefix(contentType, "text/html"):
		return "page"
	case strings.HasPrefix(contentType, "text/plain"):
		if _, after, ok := strings.Cut(string(r.Body), "\n{"); ok { // a refused handshake, facts 11.1
			return gjson.Get("{"+after, "id").String()
		}
	}
	return r.problem()
}

// A stage is a server of a version with alice and bob in the channel dev, alice in the
// private channel secret, and carol in no team. {alice}, {dev}, {dev.name}, {team} and what
// a step saved stand for themselves; {x*300} is 300 times x.
type stage struct {
	t       testing.TB
	mm      *mmfake.Server
	names   map[string]string
	clients map[string]client
	sockets map[string]*websocket.Conn
	last    reply
}

func setStage(t testing.TB, version string) *stage {
	t.Helper()
	mm := mmfake.New(t, mmfake.Version(version), mmfake.Lenient())
	dev, secret := mm.Channel("dev"), mm.PrivateChannel("secret")
	alice, bob := mm.User("alice", dev, secret), mm.User("bob", dev)
	nobody := clientOf(t, mm, nil)
	admin := clientOf(t, mm, mm.Admin)
	carol := admin.do("POST", "/api/v4/users", object{"username": "carol", "email": "carol@example.com", "password": "Passw0rd!carol"})
	login := nobody.do("POST", "/api/v4/users/login", object{"login_id": "carol", "password": "Passw0rd!carol"})
	s := &stage{t: t, mm: mm, sockets: map[string]*websocket.Conn{}, clients: map[string]client{
		"alice": clientOf(t, mm, alice), "bob": clientOf(t, mm, bob), "admin": admin, "nobody": nobody,
		"carol": {t: t, mm: mm, token: login.Header.Get("Token")},
	}, names: map[string]string{
		"alice": alice.ID, "bob": bob.ID, "carol": carol.get("id").String(), "admin": mm.Admin.ID,
		"alice.password": alice.Password, "alice.token": alice.Token,
		"dev": dev.ID, "secret": secret.ID, "dev.name": dev.Name, "team": dev.TeamID, "team.name": "test",
		"town": mm.Team("test").Channel("town-square").ID, "unknown": strings.Repeat("a", 26),
	}}
	mm.Mount("http://bot.test", http.HandlerFunc(s.answerAsAsked))
	return s
}

// answerAsAsked is an integration that answers with the status and the body that the query
// names; with cut it breaks off. Where a command may be answered is {later}.
func (s *stage) answerAsAsked(w http.ResponseWriter, r *http.Request) {
	_, s.names["later"], _ = strings.Cut(r.FormValue("response_url"), "/hooks/commands/")
	q := r.URL.Query()
	w.Header().Set("Content-Type", "application/json")
	if q.Has("type") {
		w.Header().Set("Content-Type", q.Get("type"))
	}
	if q.Has("cut") {
		w.Header().Set("Content-Length", "100")
	}
	if status, err := strconv.Atoi(q.Get("status")); err == nil {
		w.WriteHeader(status)
	}
	io.WriteString(w, q.Get("body"))
}

var (
	saving   = regexp.MustCompile(`^(\w+)=(\S+) (.*)$`)
	repeated = regexp.MustCompile(`\{(.)\*(\d+)\}`)
	naming   = regexp.MustCompile(`\{[a-z.]+\}`)
)

// step carries out one line:
//
//	set ServiceSettings.EnableCommands false       changes a setting
//	alice POST /posts {"message":"hello"}          sends a request below /api/v4, or below the root where the path begins with //
//	post=id alice POST /posts …                    and keeps a part of the answer, by its gjson path
//	alice FORM /files channel_id={dev} f@a.txt=hi  sends a form with fields and files
//	alice SEND {"action":"ping","seq":1}           says something over a websocket; the answer is the error that comes back
//
// A token that was kept acts like a user: {token} GET /users/me. What follows " -- " are
// headers.
func (s *stage) step(line string) {
	s.t.Helper()
	keep, path := "", ""
	if m := saving.FindStringSubmatch(line); m != nil {
		keep, path, line = m[1], m[2], m[3]
	}
	line = s.expand(line)
	line, header, _ := strings.Cut(line, " -- ")
	f := strings.SplitN(line, " ", 4)
	require.GreaterOrEqual(s.t, len(f), 3, line)
	who, ok := s.clients[f[0]]
	if !ok {
		who = client{t: s.t, mm: s.mm, token: f[0]}
	}
	rest := strings.Join(f[3:], " ")
	switch {
	case f[0] == "set":
		s.set(f[1], json.RawMessage(f[2]))
		return
	case f[1] == "SEND":
		s.last = s.say(f[0], who, strings.Join(f[2:], " "))
	case f[1] == "FORM":
		s.last = who.form(apiPath(f[2]), formParts(rest)...)
	case f[1] == "POST" && header == "" && rest != "":
		s.last = who.do("POST", apiPath(f[2]), rest, "Content-Type", "application/json")
	default:
		var headers []string
		if name, value, ok := strings.Cut(header, ": "); ok {
			headers = []string{name, value}
		}
		s.last = who.do(f[1], apiPath(f[2]), rest, headers...)
	}
	if keep != "" {
		s.names[keep] = s.last.get(path).String()
	}
}

// set changes a setting, as every version lets an admin do it.
func (s *stage) set(setting string, value json.RawMessage) {
	s.t.Helper()
	settings := map[string]map[string]json.RawMessage{}
	require.NoError(s.t, json.Unmarshal(s.clients["admin"].do("GET", "/api/v4/config", nil).Body, &settings))
	section, name, _ := strings.Cut(setting, ".")
	require.Contains(s.t, settings[section], name, "there is no such setting")
	settings[section][name] = value
	r := s.clients["admin"].do("PUT", "/api/v4/config", settings)
	require.Equal(s.t, 200, r.Status, "%s: %s", setting, r.Body)
}

func (s *stage) expand(line string) string {
	line = naming.ReplaceAllStringFunc(line, func(name string) string {
		if value, ok := s.names[name[1:len(name)-1]]; ok {
			return value
		}
		return name
	})
	return repeated.ReplaceAllStringFunc(line, func(text string) string {
		m := repeated.FindStringSubmatch(text)
		n, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[1], n)
	})
}

func apiPath(path string) string {
	if after, ok := strings.CutPrefix(path, "//"); ok {
		return "/" + after
	}
	return "/api/v4" + path
}

// formParts reads field=value and field@file=content.
func formParts(text string) []part {
	var parts []part
	for _, field := range strings.Fields(text) {
		name, content, _ := strings.Cut(field, "=")
		name, file, _ := strings.Cut(name, "@")
		parts = append(parts, part{name, file, content})
	}
	return parts
}

// say sends a message over a user's websocket and returns the first answer that is no event.
func (s *stage) say(name string, who client, message string) reply {
	s.t.Helper()
	conn := s.sockets[name]
	if conn == nil {
		var err error
		conn, _, err = websocket.Dial(s.t.Context(), s.mm.URL+"/api/v4/websocket",
			&websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + who.token}}})
		require.NoError(s.t, err)
		s.t.Cleanup(func() { conn.CloseNow() })
		s.sockets[name] = conn
	}
	require.NoError(s.t, conn.Write(s.t.Context(), websocket.MessageText, []byte(message)))
	for {
		_, got, err := conn.Read(s.t.Context())
		require.NoError(s.t, err, message)
		if !gjson.GetBytes(got, "event").Exists() {
			problem := gjson.GetBytes(got, "error")
			return reply{Status: max(http.StatusOK, int(problem.Get("status_code").Int())), Header: http.Header{}, Body: []byte(problem.Raw)}
		}
	}
}
