package conformance

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// setUp makes the world in which every scenario starts.
func (r *run) setUp(ctx context.Context) error {
	suffix := strings.ToLower(rand.Text()[:8])
	r.vars["w"] = suffix
	r.known[suffix] = "W"
	_, host, _ := strings.Cut(r.target.URL, "://")
	r.known[host] = "<server-host>"
	r.define("server", r.target.URL)
	r.define("callback", r.integration.URL)

	if err := r.login(ctx, "sysadmin", r.target.AdminName, r.target.AdminPassword); err != nil {
		return err
	}
	name := "team-" + suffix
	if err := r.obtain(ctx, "team", name, "POST /api/v4/teams", object{"name": name, "display_name": "Team " + suffix, "type": "O"}); err != nil {
		return err
	}
	for _, who := range []string{"alice", "bob", "carol"} {
		if err := r.makeUser(ctx, who, who != "carol"); err != nil {
			return err
		}
	}
	if err := r.makeChannel(ctx, "dev", "O", "alice", "bob"); err != nil {
		return err
	}
	if err := r.makeChannel(ctx, "secret", "P", "alice"); err != nil {
		return err
	}
	return r.obtain(ctx, "town", "", "GET /api/v4/teams/"+r.vars["team"]+"/channels/name/town-square", nil)
}

// makeUser makes an account and logs it in.
func (r *run) makeUser(ctx context.Context, who string, inTeam bool) error {
	name, password := who+"-"+r.vars["w"], "Passw0rd!"+who
	if err := r.obtain(ctx, who, name, "POST /api/v4/users", object{"username": name, "email": name + "@example.com", "password": password}); err != nil {
		return err
	}
	r.users = append(r.users, r.vars[who])
	r.vars[who+".password"] = password
	if inTeam {
		if _, err := r.admin(ctx, "POST /api/v4/teams/"+r.vars["team"]+"/members", object{"team_id": r.vars["team"], "user_id": r.vars[who]}); err != nil {
			return err
		}
	}
	return r.login(ctx, who, name, password)
}

// makeChannel makes a channel of that type and adds the members.
func (r *run) makeChannel(ctx context.Context, variable, kind string, members ...string) error {
	name, display := variable+"-"+r.vars["w"], variable+" "+r.vars["w"]
	if err := r.obtain(ctx, variable, name, "POST /api/v4/channels", object{"team_id": r.vars["team"], "name": name, "display_name": display, "type": kind}); err != nil {
		return err
	}
	for _, who := range members {
		if _, err := r.admin(ctx, "POST /api/v4/channels/"+r.vars[variable]+"/members", object{"user_id": r.vars[who]}); err != nil {
			return err
		}
	}
	return nil
}

// obtain has the admin make or find a thing, which the scenario then calls variable.
func (r *run) obtain(ctx context.Context, variable, name, do string, body any) error {
	answer, err := r.admin(ctx, do, body)
	if err != nil {
		return err
	}
	id := text(answer["id"])
	if id == "" {
		return fmt.Errorf("%s: answered without an id", do)
	}
	r.define(variable, id)
	if name != "" {
		r.vars[variable+".name"] = name
	}
	return nil
}

func (r *run) login(ctx context.Context, who, name, password string) error {
	a, err := r.call(ctx, "", "POST /api/v4/users/login", object{"login_id": name, "password": password})
	if err != nil {
		return err
	}
	user, err := a.object()
	if err == nil && text(user["id"]) == "" {
		err = errors.New("answered without an id")
	}
	if err != nil {
		return fmt.Errorf("login as %s: %w", who, err)
	}
	r.define(who, text(user["id"]))
	r.vars[who+".name"] = text(user["username"])
	r.vars[who+".token"] = a.header.Get("Token")
	return nil
}

// admin sends a request that has to succeed.
func (r *run) admin(ctx context.Context, do string, body any) (map[string]any, error) {
	a, err := r.call(ctx, r.vars["sysadmin.token"], do, body)
	if err != nil {
		return nil, err
	}
	o, err := a.object()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", do, err)
	}
	return o, nil
}

type object = map[string]any

// An answer is a response that was read to its end.
type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    []byte
}

// object returns the body of a request that succeeded.
func (a *answer) object() (map[string]any, error) {
	if a.status >= 300 {
		return nil, fmt.Errorf("answered %d %.300s", a.status, a.body)
	}
	var o map[string]any
	if err := json.Unmarshal(a.body, &o); err != nil {
		return nil, fmt.Errorf("answered %d %.300s: %w", a.status, a.body, err)
	}
	return o, nil
}

// call sends body, if there is one, as JSON.
func (r *run) call(ctx context.Context, token, do string, body any) (*answer, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(encoded)
	}
	method, path, _ := strings.Cut(do, " ")
	req, err := http.NewRequestWithContext(ctx, method, r.target.URL+path, content)
	if err != nil {
		return nil, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return r.roundTrip(req)
}

func (r *run) roundTrip(req *http.Request) (*answer, error) {
	resp, err := r.target.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &answer{status: resp.StatusCode, header: resp.Header, cookies: resp.Cookies(), body: body}, nil
}

// CheckAdmin logs in as the target's admin and out again, and says why he cannot, or
// is none: before every scenario tries, and the server locks the account.
func (r *Runner) CheckAdmin(ctx context.Context) error {
	run := &run{names: newNames(), target: &r.target}
	a, err := run.call(ctx, "", "POST /api/v4/users/login", object{"login_id": r.target.AdminName, "password": r.target.AdminPassword})
	if err != nil {
		return err
	}
	user, err := a.object()
	if err != nil {
		return err
	}
	if token := a.header.Get("Token"); token == "" {
		return errors.New("answered without a token: it is no Mattermost")
	} else if _, err := run.call(ctx, token, "POST /api/v4/users/logout", nil); err != nil {
		return err
	}
	if !slices.Contains(strings.Fields(text(user["roles"])), "system_admin") {
		return fmt.Errorf("%s is no system admin: his roles are %q", r.target.AdminName, text(user["roles"]))
	}
	return nil
}
