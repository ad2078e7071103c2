package versions

import "strings"

// An Endpoint says since when Mattermost has an endpoint.
type Endpoint struct{ since Version }

// undocumented lists since when there are the endpoints of which the API's
// documentation does not say it, or says it wrongly: those whose paths begin with
// one of these, for one method or for all. The first line counts.
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
	{"POST /api/v4/users/{}/reset_failed_attempts", newest},
	{"POST /api/v4/channels/members/{}/mark_read", after536},
	{"POST /api/v4/posts/search", after536},
	{"POST /api/v4/posts/ids/reactions", v(5, 8)},
	{"POST /api/v4/posts/ids", after536},
	{"/api/v4/drafts", after536},
	{"/api/v4/users/{}/teams/{}/drafts", after536},
	{"/api/v4/users/{}/channels/{}/drafts", after536},
	{"GET /api/v4/posts/{}/edit_history", after536},
	{"GET /api/v4/posts/{}/info", after536},
	{"HEAD /api/v4/files", after536},
	{"/api/v4/limits", after536},
	{"/api/v4/access_control_policies", after536},
	{"/api/v4/channels/{}/access_control", after536},
	{"/api/v4/content_flagging", after536},
	{"/api/v4/remotecluster", after536},
	{"/api/v4/reports", after536},
}

// EndpointOf finds since when there is an endpoint. Its pattern is "METHOD /path"
// with {} for each parameter; documented is what the API's documentation says, ""
// where it says nothing.
func EndpointOf(pattern, documented string) Endpoint {
	_, path, _ := strings.Cut(pattern, " ")
	for _, e := range undocumented {
		text := pattern
		if e.pattern[0] == '/' {
			text = path
		}
		if rest, ok := strings.CutPrefix(text, e.pattern); ok && (rest == "" || rest[0] == '/') {
			return Endpoint{e.since}
		}
	}
	if documented == "" {
		return Endpoint{}
	}
	since, err := Parse(documented)
	if err != nil {
		return Endpoint{} // 4.x: there ever since
	}
	return Endpoint{since}
}

// String is the version that the endpoint came with, "" where it was always there.
func (e Endpoint) String() string {
	if e.since.major == 0 {
		return ""
	}
	return e.since.table()
}

// HasEndpoint says whether the version has an endpoint.
func (v Version) HasEndpoint(e Endpoint) bool { return e.since.major == 0 || !v.before(e.since) }
