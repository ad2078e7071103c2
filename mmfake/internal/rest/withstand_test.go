package rest_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/rest"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// bodyTypes are what the endpoints take. Of an endpoint that is not here, the body is any
// JSON.
var bodyTypes = map[string]any{
	"POST /api/v4/actions/dialogs/open": model.OpenDialogRequest{}, "POST /api/v4/actions/dialogs/submit": model.DialogSubmission{},
	"POST /api/v4/actions/dialogs/lookup": model.DialogSubmission{}, "POST /api/v4/bots": model.Bot{}, "PUT /api/v4/bots/{bot_user_id}": model.BotPatch{},
	"POST /api/v4/channels": model.Channel{}, "POST /api/v4/channels/direct": []string{}, "POST /api/v4/channels/group": []string{},
	"POST /api/v4/channels/members/{user_id}/view": model.ChannelView{}, "POST /api/v4/channels/members/{user_id}/mark_read": []string{},
	"PUT /api/v4/channels/{channel_id}": model.Channel{}, "PUT /api/v4/channels/{channel_id}/patch": model.ChannelPatch{},
	"POST /api/v4/channels/{channel_id}/members": model.ChannelMember{}, "POST /api/v4/channels/{channel_id}/members/ids": []string{},
	"PUT /api/v4/channels/{channel_id}/members/{user_id}/notify_props": struct {
		Desktop    string `json:"desktop"`
		Email      string `json:"email"`
		MarkUnread string `json:"mark_unread"`
	}{},
	"POST /api/v4/commands": model.Command{}, "PUT /api/v4/commands/{command_id}": model.Command{}, "POST /api/v4/commands/execute": model.CommandArgs{},
	"POST /api/v4/drafts": model.Draft{}, "POST /api/v4/emoji/names": []string{}, "POST /api/v4/hooks/incoming": model.IncomingWebhook{},
	"PUT /api/v4/hooks/incoming/{hook_id}": model.IncomingWebhook{}, "POST /api/v4/hooks/outgoing": model.OutgoingWebhook{},
	"PUT /api/v4/hooks/outgoing/{hook_id}": model.OutgoingWebhook{}, "POST /api/v4/oauth/apps": model.OAuthApp{}, "PUT /api/v4/oauth/apps/{app_id}": model.OAuthApp{},
	"POST /api/v4/posts": model.Post{}, "PUT /api/v4/posts/{post_id}": model.Post{}, "PUT /api/v4/posts/{post_id}/patch": model.PostPatch{},
	"POST /api/v4/posts/ephemeral": model.PostEphemeral{}, "POST /api/v4/posts/ids": []string{}, "POST /api/v4/posts/ids/reactions": []string{},
	"POST /api/v4/posts/{post_id}/actions/{action_id}": model.DoActionRequest{}, "POST /api/v4/reactions": model.Reaction{},
	"POST /api/v4/teams": model.Team{}, "PUT /api/v4/teams/{team_id}": model.Team{}, "PUT /api/v4/teams/{team_id}/patch": model.TeamPatch{},
	"POST /api/v4/teams/{team_id}/members": model.TeamMember{}, "POST /api/v4/teams/{team_id}/members/batch": []model.TeamMember{},
	"POST /api/v4/teams/{team_id}/members/ids": []string{}, "POST /api/v4/teams/{team_id}/channels/ids": []string{}, "POST /api/v4/uploads": model.UploadSession{},
	"POST /api/v4/users": model.User{}, "PUT /api/v4/users/{user_id}": model.User{}, "PUT /api/v4/users/{user_id}/patch": model.UserPatch{},
	"POST /api/v4/users/ids": []string{}, "POST /api/v4/users/usernames": []string{}, "POST /api/v4/users/group_channels": []string{}, "POST /api/v4/users/status/ids": []string{},
	"PUT /api/v4/users/{user_id}/preferences": []model.Preference{}, "POST /api/v4/users/{user_id}/preferences/delete": []model.Preference{},
	"PUT /api/v4/users/{user_id}/status": model.Status{}, "PUT /api/v4/users/{user_id}/status/custom": model.CustomStatus{},
	"POST /api/v4/users/{user_id}/status/custom/recent/delete":                      model.CustomStatus{},
	"POST /api/v4/users/{user_id}/teams/{team_id}/channels/categories":              model.SidebarCategory{},
	"PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories":               []model.SidebarCategory{},
	"PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories/order":         []string{},
	"PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories/{category_id}": model.SidebarCategory{},
	"PUT /api/v4/config/patch": struct {
		ServiceSettings struct {
			PostEditTimeLimit          int  `json:"PostEditTimeLimit"`
			EnablePostUsernameOverride bool `json:"EnablePostUsernameOverride"`
		} `json:"ServiceSettings"`
	}{},
	"PUT /api/v4/roles/{role_id}/patch": struct {
		Permissions []string `json:"permissions"`
	}{},
	"POST /hooks/{hook_id}": model.IncomingWebhookRequest{}, "POST /hooks/commands/{hook_id}": model.CommandResponse{},
}

// bodyKeys are what the bodies of the other endpoints have.
var bodyKeys = map[string]string{
	"POST /api/v4/users/login": "login_id password", "POST /api/v4/posts/search": "terms is_or_search", "POST /api/v4/teams/{team_id}/posts/search": "terms is_or_search",
	"POST /api/v4/users/search": "term team_id", "POST /api/v4/users/{user_id}/typing": "channel_id", "POST /api/v4/users/{user_id}/tokens": "description",
	"PUT /api/v4/users/{user_id}/roles": "roles", "PUT /api/v4/teams/{team_id}/members/{user_id}/roles": "roles", "PUT /api/v4/channels/{channel_id}/members/{user_id}/roles": "roles",
	"PUT /api/v4/users/{user_id}/active": "active", "PUT /api/v4/channels/{channel_id}/privacy": "privacy", "PUT /api/v4/teams/{team_id}/privacy": "privacy",
	"PUT /api/v4/users/{user_id}/password": "current_password new_password", "POST /api/v4/emoji/search": "term", "POST /api/v4/files/search": "terms",
	"POST /api/v4/teams/{team_id}/files/search": "terms", "POST /api/v4/channels/search": "term", "POST /api/v4/channels/group/search": "term", "POST /api/v4/teams/search": "term",
	"POST /api/v4/teams/{team_id}/channels/search": "term", "POST /api/v4/teams/{team_id}/channels/search_archived": "term",
	"PUT /api/v4/teams/{team_id}/members/{user_id}/schemeRoles":       "scheme_user scheme_admin",
	"PUT /api/v4/channels/{channel_id}/members/{user_id}/schemeRoles": "scheme_user scheme_admin", "POST /api/v4/channels/{channel_id}/move": "team_id force",
	"POST /api/v4/users/mfa": "login_id", "PUT /api/v4/users/sessions/device": "device_id", "POST /api/v4/bots/{bot_user_id}/convert_to_user": "password",
	"POST /api/v4/users/{user_id}/sessions/revoke": "session_id", "POST /api/v4/users/tokens/revoke": "token_id", "POST /api/v4/users/tokens/disable": "token_id",
	"POST /api/v4/users/tokens/enable": "token_id", "POST /api/v4/users/tokens/search": "term", "PUT /api/v4/commands/{command_id}/move": "team_id",
	"POST /api/v4/opengraph": "url", "POST /api/v4/users/{user_id}/posts/{post_id}/reminder": "target_time",
	"POST /api/v4/users/email/verify/send": "email", "POST /api/v4/users/password/reset/send": "email", "POST /api/v4/teams/{team_id}/scheme": "scheme_id",
}

// queryNames are the parameters that endpoints look at.
var queryNames = strings.Fields(`after before channel_id client_id collapsedThreads collapsedThreadsExtended device_id direction exclude_team filename format fromPost
	fromCreateAt fromUpdateAt graceful h iid in_channel in_team invite_id last_delete_at name not_in_channel not_in_team page pageSize payload role seconds sort
	system_console t team_id token url user_input active custom_only deleted download excludeDirect exclude_default_channels exclude_deleted_users exclude_files_count
	extended get_server_status inactive include_bots include_deleted include_total_count only_orphaned permanent set_system_admin skipFetchThreads threadsOnly totalsOnly
	unread updatesOnly without_team limit limit_after limit_before per_page perPage roles since until access_token custom_only time`)

// A sent is a request as a random client sends it.
type sent struct {
	pattern, method, path, contentType, body string
}

func (s sent) String() string {
	return s.method + " " + s.path + " " + s.contentType + " " + short(s.body)
}

func short(text string) string {
	if len(text) > 700 {
		text = text[:700] + "…"
	}
	return fmt.Sprintf("%q", text)
}

var parameter = regexp.MustCompile(`\{([^}]*)\}`)

// request makes a request to an endpoint, as somebody of whom there is an id.
func (w *whim) request(pattern, userID string) sent {
	s := sent{pattern: pattern, contentType: "application/json"}
	s.method, s.path, _ = strings.Cut(strings.ReplaceAll(pattern, "{$}", ""), " ")
	w.inHand, w.sane, w.about = map[string]string{}, !w.oneIn(3), keyOf(pattern)
	if w.sane && !w.oneIn(3) {
		w.inHand["user_id"] = userID
	}
	s.path = parameter.ReplaceAllStringFunc(s.path, func(name string) string {
		name = strings.Trim(name, "{}.")
		value := w.text(name)
		w.inHand[name] = value
		if strings.HasSuffix(pattern, "}") || strings.HasSuffix(pattern, "}/patch") {
			w.inHand["id"] = value
		}
		return url.PathEscape(value)
	})
	var query []string
	for range w.n(7) * w.n(2) {
		name := pick(w, queryNames)
		value := w.text(name)
		if w.oneIn(3) {
			value = pick(w, oddNumbers)
		}
		if len(value) < 500 {
			query = append(query, name+"="+url.QueryEscape(value))
		}
	}
	if w.oneIn(30) {
		query = append(query, "%zz;=&&")
	}
	if len(query) > 0 {
		s.path += "?" + strings.Join(query, "&")
	}
	if s.method == "GET" || s.method == "HEAD" || !w.sane && w.oneIn(20) {
		return s
	}
	t := reflect.TypeFor[any]()
	if v := bodyTypes[pattern]; v != nil {
		t = reflect.TypeOf(v)
	}
	switch {
	case takesForm(pattern) && (w.sane || !w.oneIn(4)), !w.sane && w.oneIn(30):
		s.contentType, s.body = w.form(pattern)
	case strings.HasPrefix(pattern, "POST /hooks/") && w.oneIn(3):
		s.contentType, s.body = "application/x-www-form-urlencoded", url.Values{"payload": {w.of(t, "", 6)}, "text": {w.text("text")}}.Encode()
	case !w.sane && w.oneIn(20):
		s.body = w.text("message") // hardly JSON
	case bodyKeys[pattern] != "":
		s.body = w.object(3, w.plain, strings.Fields(bodyKeys[pattern]))
	case t.Kind() == reflect.Interface:
		s.body = w.object(3, func(name string) string { return w.anything(name, 3) }, w.keys())
	default:
		s.body = w.of(t, w.about, 6)
	}
	if !w.sane && w.oneIn(30) {
		s.contentType = pick(w, []string{"", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded", ";;"})
	}
	return s
}

func takesForm(pattern string) bool {
	return strings.HasSuffix(pattern, "/image") || strings.HasSuffix(pattern, "/icon") || pattern == "POST /api/v4/files" || pattern == "POST /api/v4/emoji" ||
		pattern == "POST /api/v4/uploads/{upload_id}" || pattern == "POST /api/v4/plugins"
}

// keyOf is the name of the key that has the ids of what an endpoint is about: post_id for
// /api/v4/posts.
func keyOf(pattern string) string {
	f := strings.Split(pattern, "/")
	switch {
	case len(f) < 4:
		return "id"
	case strings.HasSuffix(pattern, "/categories"):
		return "category_id"
	case pattern == "POST /api/v4/channels/direct", pattern == "POST /api/v4/channels/group", strings.HasSuffix(pattern, "/members/ids"):
		return "user_id"
	case strings.HasSuffix(pattern, "/channels/ids"):
		return "channel_id"
	case strings.HasSuffix(pattern, "/tokens"):
		return "token_id"
	}
	if name, odd := map[string]string{"bots": "user_id", "oauth": "app_id", "emoji": "emoji_id"}[f[3]]; odd {
		return name
	}
	return strings.TrimSuffix(f[3], "s") + "_id"
}

// formFields are the fields of forms.
var formFields = strings.Fields("image files channel_id client_ids emoji text username payload")

// form is a multipart form for an endpoint.
func (w *whim) form(pattern string) (contentType, body string) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.SetBoundary("b")
	var fields []string
	switch {
	case !w.sane:
		for range 1 + w.n(4) {
			fields = append(fields, pick(w, formFields))
		}
	case pattern == "POST /api/v4/emoji":
		fields = []string{"emoji", "image"}
	case pattern == "POST /api/v4/files":
		fields = []string{"channel_id", "files"}
	default:
		fields = []string{"image"}
	}
	for _, name := range fields {
		switch name {
		case "image", "files":
			part, _ := form.CreateFormFile(name, w.text("name"))
			io.WriteString(part, pick(w, []string{onePixel, onePixel, "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", "", "text", "GIF89a\xff\xff\xff\xff"}))
		case "emoji":
			w.about = "emoji_id"
			if held := w.inHand["user_id"]; held != "" {
				w.inHand["creator_id"] = held
			}
			form.WriteField(name, w.of(reflect.TypeFor[model.Emoji](), "", 3))
		default:
			form.WriteField(name, w.text(name))
		}
	}
	if w.sane || !w.oneIn(10) {
		form.Close()
	}
	return form.FormDataContentType(), b.String()
}

// onePixel is a PNG of one pixel.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"

// ownMistake is in what the fake answers where it has no error of the real server's to answer.
const ownMistake = "The fake made a mistake"

// refused are the endpoints of which the server has no more than a refusal or an empty list.
var refused = regexp.MustCompile(`/(groups|cloud|data_retention|ldap|remotecluster|schemes|compliance|content_flagging|custom_profile_attributes|plugins|jobs|saml|bookmarks|sharedchannels|elasticsearch|exports|imports)`)

// deadly are the endpoints after which little goes on: users are logged out or deactivated,
// or the server is busy.
var deadly = regexp.MustCompile(`DELETE /api/v4/(users|teams|channels)/{[a-z_]*}$|/active$|revoke|disable|logout|server_busy|PUT /api/v4/config$|/roles$|/promote|/demote|convert_to|/password|/device$`)

// step sends a random request to one of some endpoints.
func (s *crowd) step(patterns []string) {
	s.t.Helper()
	pattern := pick(s.whim, patterns)
	if refused.MatchString(pattern) || deadly.MatchString(pattern) {
		pattern = pick(s.whim, patterns)
	}
	s.ask(pattern)
}

// ask sends a random request to an endpoint as anybody.
func (s *crowd) ask(pattern string) {
	s.t.Helper()
	s.mu.Lock()
	for key, text := range s.heard {
		s.known[key] = append([]string{text}, s.known[key]...)
	}
	s.heard = nil
	s.mu.Unlock()
	as, id := pick(s.whim, s.actors), "me"
	if as != nil {
		id = as.ID
	}
	r := s.request(pattern, id)
	got := s.send(as, r)
	if got.Status >= 500 && bytes.Contains(got.Body, []byte(ownMistake)) {
		s.t.Errorf("%s was answered with %d %s", r, got.Status, short(string(got.Body)))
	}
}

// randomPatterns are those of all endpoints but the websocket's, for which a client has to
// speak another protocol.
func randomPatterns() []string {
	return slices.DeleteFunc(rest.Patterns(), func(p string) bool { return strings.Contains(p, "/websocket") })
}

// withstand sends random requests to a server of its own.
func withstand(t testing.TB, seed uint64, script []byte) {
	w := newWhim(seed, script)
	s := newCrowd(t, pick(w, recordedVersions), w)
	defer s.mm.Close()
	defer s.listen(s.actors[0])()
	defer s.listen(s.actors[3])()
	patterns := randomPatterns()
	for range 25 {
		s.step(patterns)
	}
}

func FuzzRandomRequests(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, []byte{})
	}
	f.Fuzz(func(t *testing.T, seed uint64, script []byte) { withstand(t, seed, script) })
}
