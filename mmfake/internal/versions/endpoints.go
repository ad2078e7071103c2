package versions

import "strings"

// An Endpoint says since when Mattermost has an endpoint, and until when.
type Endpoint struct {
	since Version
	until Version // the first that does not have it any more; none for one that stayed
}

// dropped lists the endpoints that a later version does not have any more, and the
// first such version.
var dropped = map[string]Version{
	"POST /api/v4/channels/{}/convert": after536,
	"POST /api/v4/users/mfa":           v(5, 26), // where the setting for old clients is off, as it is from then on
}

// undocumented lists since when there are the endpoints of which the API's
// documentation does not say it, or says it wrongly: those whose paths begin with
// one of these, for one method or for all; with a $ at its end only that one. The
// first line counts.
var undocumented = []struct {
	pattern string
	since   Version
}{
	{"POST /api/v4/files/search", v(10, 2)},
	{"POST /api/v4/files", v(5, 0)}, // what came with 9.4 is the one for the whole server's search
	{"POST /api/v4/teams/{}/regenerate_invite_id", v(5, 36)},
	{"GET /api/v4/users/stats", v(5, 36)},
	{"/api/v4/users/{}/status/custom", v(5, 33)},
	{"/api/v4/uploads", v(5, 28)},
	{"POST /api/v4/teams/{}/channels/search_archived", v(5, 18)},
	{"POST /api/v4/users/{}/reset_failed_attempts", v(10, 0)},
	{"POST /api/v4/channels/members/{}/mark_read", after536},
	{"POST /api/v4/posts/search", after536},
	{"POST /api/v4/posts/ids/reactions", v(5, 8)},
	{"POST /api/v4/posts/ids", after536},
	{"/api/v4/drafts", v(7, 7)},
	{"/api/v4/users/{}/teams/{}/drafts", v(7, 7)},
	{"/api/v4/users/{}/channels/{}/drafts", v(7, 7)},
	{"GET /api/v4/posts/{}/edit_history", after536},
	{"GET /api/v4/posts/{}/info", after536},
	{"HEAD /api/v4/files", after536},
	{"/api/v4/limits", v(9, 0)},
	{"GET /api/v4/channels$", v(5, 10)},
	{"POST /api/v4/channels/search$", v(5, 12)},
	{"POST /api/v4/notifications/ack", v(5, 10)},
	{"POST /api/v4/notifications/test", after536},
	{"DELETE /api/v4/teams/invites/email", v(5, 14)},
	{"GET /api/v4/users/invalid_emails", v(5, 36)},
	{"POST /api/v4/users/login/cws", v(5, 30)},
	{"POST /api/v4/users/login/type", after536},
	{"POST /api/v4/users/login/sso", v(11, 0)},
	{"/api/v4/users/{}/custom_profile_attributes", v(10, 5)},
	{"/api/v4/channels/{}/members/{}/autotranslation", v(11, 0)},
	{"GET /api/v4/logs/download", after536},
	{"GET /api/v4/upgrade_to_enterprise/allowed", after536},
	{"/api/v4/access_control_policies", v(10, 9)},
	{"/api/v4/channels/{}/access_control", v(10, 9)},
	{"/api/v4/content_flagging", v(11, 0)},
	{"/api/v4/remotecluster", after536},
	{"/api/v4/reports", after536},
}

// EndpointOf finds since and until when there is an endpoint. Its pattern is "METHOD /path"
// with {} for each parameter; documented is what the API's documentation says, ""
// where it says nothing.
func EndpointOf(pattern, documented string) Endpoint {
	return Endpoint{sinceOf(pattern, documented), dropped[pattern]}
}

func sinceOf(pattern, documented string) Version {
	_, path, _ := strings.Cut(pattern, " ")
	for _, e := range undocumented {
		text := pattern
		if e.pattern[0] == '/' {
			text = path
		}
		if text+"$" == e.pattern {
			return e.since
		}
		if rest, ok := strings.CutPrefix(text, e.pattern); ok && (rest == "" || rest[0] == '/') {
			return e.since
		}
	}
	if documented == "" {
		return Version{}
	}
	since, err := Parse(documented)
	if err != nil {
		return Version{} // 4.x: there ever since
	}
	return since
}

// String is the version that the endpoint came with, or the last that has it; "" where
// it was always there.
func (e Endpoint) String() string {
	switch {
	case e.until == after536:
		return "up to 5.36"
	case e.until.major != 0:
		return "before " + e.until.table()
	case e.since.major == 0:
		return ""
	}
	return e.since.table()
}

// When says in words which versions have the endpoint, "" where all have.
func (e Endpoint) When() string {
	switch {
	case e.until == after536:
		return "up to Mattermost 5.36"
	case e.until.major != 0:
		return "before Mattermost " + e.until.table()
	case e.since.major == 0:
		return ""
	}
	return "since Mattermost " + e.since.table()
}

// HasEndpoint says whether the version has an endpoint.
func (v Version) HasEndpoint(e Endpoint) bool {
	since := e.since.major == 0 || !v.before(e.since)
	return since && (e.until.major == 0 || v.before(e.until))
}
