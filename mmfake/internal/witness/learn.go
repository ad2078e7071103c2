package witness

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/rest"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// tokenOf returns the token by which an exchange's client was known to the server: the
// one that it was given, where it logged in.
func tokenOf(ex *recorder.Exchange) string {
	if ex.Route == loginRoute {
		return ex.Response.Header.Get("Token")
	}
	return cmp.Or(rest.HeaderToken(ex.Request.Header), rest.CookieToken(ex.Request.Header), queryOf(ex).Get("access_token"))
}

func queryOf(ex *recorder.Exchange) url.Values {
	values, _ := url.ParseQuery(ex.Request.Query) // what can be read of it
	return values
}

const loginRoute = "POST /api/v4/users/login"

// learnRequest learns from a client's request and its answer. w.mu is held.
func (w *Witness) learnRequest(ex *recorder.Exchange) {
	if version := ex.Response.Header.Get("X-Version-Id"); version != "" {
		w.version = version
	}
	token := tokenOf(ex)
	if ex.Response.Status == http.StatusSwitchingProtocols {
		w.sockets[ex.Connection] = &connection{token: token}
		w.uses(token)
		return
	}
	if status := ex.Response.Status; status < 200 || status > 299 || ex.Route == "" {
		return
	}
	w.uses(token)
	w.learnNames(ex.Response.Body)
	answer := func(path string) string { return ex.Response.Get(path).String() }
	switch ex.Route {
	case loginRoute:
		w.owners[token] = answer("id")
	case "GET /api/v4/users/{user_id}":
		if strings.HasSuffix(ex.Request.Path, "/me") {
			w.owners[token] = answer("id")
		}
	case "POST /api/v4/posts":
		w.owners[token] = answer("user_id")
	case "POST /api/v4/users/{user_id}/tokens":
		w.owners[answer("token")] = answer("user_id")
	case "POST /api/v4/users/logout":
		w.ended[token] = ex.Began
	case "GET /api/v4/config/client":
		w.site = strings.TrimRight(answer("SiteURL"), "/")
	}
}

// learnCallback learns from a request to an integration. w.mu is held.
func (w *Witness) learnCallback(ex *recorder.Exchange) {
	w.learnName(field(ex, "user_id"), field(ex, "user_name"))
}

// learnMessage learns from a message on a websocket. w.mu is held.
func (w *Witness) learnMessage(ex *recorder.Exchange) {
	c := w.sockets[ex.Connection]
	if c == nil {
		return
	}
	if ex.Direction == recorder.In {
		if c.user == "" && ex.Request.Get("action").String() == model.ActionAuthenticationChallenge {
			c.token, c.since = ex.Request.Get("data.token").String(), ex.Began
			w.uses(c.token)
		}
		return
	}
	switch ex.Request.Get("event").String() {
	case model.EventHello:
		if c.user = ex.Request.Get("broadcast.user_id").String(); c.user != "" && c.token != "" {
			w.owners[c.token] = c.user
		}
	case model.EventPosted:
		w.learnAuthor(ex)
	}
	w.learnNames(ex.Request.Body)
}

// learnAuthor learns from a post who has written it, if nobody speaks under another name.
func (w *Witness) learnAuthor(ex *recorder.Exchange) {
	post := gjson.Parse(ex.Request.Get("data.post").String())
	name, found := strings.CutPrefix(ex.Request.Get("data.sender_name").String(), "@")
	if found && !post.Get("props."+model.PropFromWebhook).Exists() && !post.Get("props."+model.PropOverrideUsername).Exists() {
		w.learnName(post.Get("user_id").String(), name)
	}
}

func (w *Witness) learnName(id, name string) {
	if model.IsValidID(id) && name != "" {
		w.names[id] = name
	}
}

// learnNames learns from all users and bots that are anywhere in JSON.
func (w *Witness) learnNames(body []byte) {
	if bytes.Contains(body, []byte(`"username"`)) && gjson.ValidBytes(body) {
		w.learnFrom(gjson.ParseBytes(body), 0)
	}
}

const deepest = 20 // how far objects with users in them nest

func (w *Witness) learnFrom(v gjson.Result, depth int) {
	if !v.IsObject() && !v.IsArray() || depth > deepest {
		return
	}
	// Webhooks and commands have the id of a user and a username too, which is not his.
	switch name := v.Get("username").String(); {
	case name == "":
	case v.Get("nickname").Exists():
		w.learnName(v.Get("id").String(), name)
	case v.Get("owner_id").Exists():
		w.learnName(v.Get("user_id").String(), name)
	}
	v.ForEach(func(_, item gjson.Result) bool {
		w.learnFrom(item, depth+1)
		return true
	})
}
