package versions

import "strings"

// An Endpoint says since when Mattermost has an endpoint.
type Endpoint struct{ since Version }

// undocumented lists since when there are the endpoints of which the API's
// documentation does not say it, or says it wrongly. The first line counts whose
// text the pattern, without the names of its parameters, begins with.
var undocumented = []struct {
	pattern string
	since   Version
}{
	{"POST /api/v4/files", v(5, 0)}, // what came with 9.4 is the one for the whole server's search
	{"POST /api/v4/teams/{}/regenerate_invite_id", v(5, 36)},
	{"GET /api/v4/users/stats", v(5, 36)},
	{"PUT /api/v4/users/{}/status/custom", v(5, 33)},
	{"DELETE /api/v4/users/{}/status/custom", v(5, 33)},
	{"POST /api/v4/users/{}/status/custom", v(5, 33)},
	{"GET /api/v4/uploads", v(5, 28)},
	{"POST /api/v4/uploads", v(5, 28)},
	{"POST /api/v4/teams/{}/channels/search_archived", v(5, 18)},
	{"POST /api/v4/users/{}/reset_failed_attempts", newest},
	{"POST /api/v4/channels/members/{}/mark_read", after536},
	{"POST /api/v4/posts/search", after536},
	{"POST /api/v4/drafts", after536},
	{"GET /api/v4/users/{}/teams/{}/drafts", after536},
	{"DELETE /api/v4/users/{}/channels/{}/drafts", after536},
	{"GET /api/v4/posts/{}/edit_history", after536},
	{"GET /api/v4/posts/{}/info", after536},
	{"HEAD /api/v4/files", after536},
	{"GET /api/v4/limits", after536},
	{"GET /api/v4/content_flagging", after536},
	{"PUT /api/v4/content_flagging", after536},
	{"POST /api/v4/content_flagging", after536},
}

// EndpointOf finds since when there is an endpoint. Its pattern is "METHOD /path"
// with {} for each parameter; documented is what the API's documentation says, ""
// where it says nothing.
func EndpointOf(pattern, documented string) Endpoint {
	for _, e := range undocumented {
		if rest, ok := strings.CutPrefix(pattern, e.pattern); ok && (rest == "" || rest[0] == '/') {
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

// HasEndpoint says whether the version has an endpoint.
func (v Version) HasEndpoint(e Endpoint) bool { return e.since.major == 0 || !v.before(e.since) }
