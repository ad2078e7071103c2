package recorder

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A harReader makes exchanges of a HAR file. It keeps the first thing that is wrong.
type harReader struct {
	site string // host and port; found, if it is not given
	base string // what the paths of the server's URLs begin with
	own  harAt  // what a fixture has written of itself, see harHead

	options []FixtureOption // that make the same fixture of it again

	found   []timedExchange
	version string         // of the server, as it has said
	servers map[string]int // requests to others, by their URL
	pages   int            // requests to the server, but not to its API
	bodies  int            // that have not been kept
	uploads int            // of whose files nothing has been kept

	at     *value
	reason string
}

// A timedExchange has its time in microseconds.
type timedExchange struct {
	at int64
	ex *Exchange
}

func (r *harReader) file(v *value) {
	if v.kind != object || v.get("log") == nil {
		r.at, r.reason = v, `it is no HAR: it has no "log"`
		return
	}
	log := harAt{r: r, v: v, near: v}.field("log").object()
	if version := log.field("version").text(); r.reason == "" && version != harVersion {
		log.field("version").refuse("is %q: only HAR %s is read", version, harVersion)
	}
	r.own = log.field("_fixture")
	var entries []harEntry
	for _, at := range log.field("entries").list() {
		entries = append(entries, r.entry(at))
	}
	r.readOwn()
	if r.reason != "" || r.site == "" && !r.findSite(entries) {
		return
	}
	r.servers = map[string]int{}
	for _, e := range entries {
		e.collect()
	}
	if r.own.v == nil {
		r.options = append(r.options, ServerVersion(r.version))
	}
	slices.SortStableFunc(r.found, func(a, b timedExchange) int { return cmp.Compare(a.at, b.at) })
}

// A harEntry is a request and its answer in a HAR file.
type harEntry struct {
	harAt
	start int64 // microseconds
	url   *url.URL
}

// entry reads what every entry must have, whichever server it is about.
func (r *harReader) entry(at harAt) harEntry {
	e := harEntry{harAt: at.object()}
	began, request := at.field("startedDateTime"), at.field("request").object()
	start, err := time.Parse(time.RFC3339Nano, began.text())
	if err != nil && began.v != nil {
		start, err = time.Parse("2006-01-02T15:04:05Z0700", began.v.text) // which is ISO 8601, too
	}
	if err != nil && r.reason == "" {
		began.refuse("is %q, which is no time such as 2023-11-14T22:13:20.000Z", clip(began.v.text))
	}
	e.start = start.UnixMicro()
	if e.url, err = url.Parse(request.field("url").text()); err != nil {
		e.url = &url.URL{} // of another server: Mattermost has none that is none
	}
	return e
}

// isOwn tells whether a fixture has written the entry.
func (e *harEntry) isOwn() bool { return e.v.get("_kind") != nil }

// server is the URL of the server that the entry is about, as HTTP has it, without the
// port that the scheme means. What is no such URL is called by its scheme.
func (e *harEntry) server() string {
	scheme := e.url.Scheme
	switch {
	case scheme == "":
		return "what is no URL"
	case e.url.Host == "":
		return scheme + ":"
	case scheme == "ws":
		scheme = "http"
	case scheme == "wss":
		scheme = "https"
	}
	return scheme + "://" + hostOf(&url.URL{Scheme: scheme, Host: e.url.Host})
}

// findSite finds the Mattermost server, of which there must be one.
func (r *harReader) findSite(entries []harEntry) bool {
	if r.own.v != nil {
		return r.setSite(r.own.field("site").text())
	}
	sites := map[string]bool{}
	for _, e := range entries {
		if at := strings.Index(e.url.Path, "/api/v4/"); at >= 0 {
			sites[e.server()+e.url.Path[:at]] = true
		}
	}
	switch len(sites) {
	case 0:
		r.at, r.reason = r.own.near, "it has no request to /api/v4 of any server"
		return false
	case 1:
		return r.setSite(slices.Collect(maps.Keys(sites))[0])
	}
	r.at, r.reason = r.own.near, fmt.Sprintf("it has requests to several Mattermost servers: say which of them (recorder.Site, --site): %s", strings.Join(slices.Sorted(maps.Keys(sites)), ", "))
	return false
}

func (r *harReader) setSite(site string) bool {
	rules := &fixtureRules{}
	if err := Site(site)(rules); err != nil {
		r.at, r.reason = r.own.near, err.Error()
		return false
	}
	r.site, r.base = rules.site(), rules.base
	return true
}

// collect makes exchanges of an entry, or counts it among what is left out.
func (e *harEntry) collect() {
	r := e.r
	path, under := strings.CutPrefix(e.url.Path, r.base)
	mine := under && hostOf(e.url) == r.site
	kind := kindOf(e.field("request").field("method").maybeText(), path)
	switch {
	case e.isOwn():
	case !mine:
		r.servers[e.server()]++
		return
	case kind == KindPage:
		r.pages++
		return
	}
	ex := &Exchange{Kind: kind, Direction: In, Request: e.request(path), Response: e.response()}
	if version, found := versionOf(ex.Response.Header.Get("X-Version-Id")); found && r.version == "" {
		r.version = version
	}
	ex.Err = e.field("response").field("_error").maybeText()
	if ex.Response.Status == 0 && ex.Err == "" && !e.isOwn() {
		ex.Err = "it was not answered"
	}
	e.mark(ex)
	if e.isOwn() {
		r.options = append(r.options, alreadyShown(ex))
	}
	if e.field("_recorded").v == nil {
		r.found = append(r.found, timedExchange{e.start, ex})
	}
	e.messages(ex)
}

// versionOf returns the version of Mattermost that begins an X-Version-Id, such as
// "11.6.0" in "11.6.0.11.6.0.….false".
func versionOf(id string) (version string, found bool) {
	numbers := strings.SplitN(id, ".", 4)
	return strings.Join(numbers[:min(3, len(numbers))], "."), len(numbers) == 4
}

// leftOut says in words what is not among the exchanges.
func (r *harReader) leftOut() []string {
	var out []string
	for _, server := range slices.Sorted(maps.Keys(r.servers)) {
		out = append(out, fmt.Sprintf("%s to %s", count(r.servers[server], "request"), server))
	}
	if r.pages > 0 {
		out = append(out, count(r.pages, "request")+" for pages and files of the server, and what else is not its API")
	}
	if r.bodies > 0 {
		out = append(out, fmt.Sprintf("%s that the file does not have", count(r.bodies, "body")))
	}
	if r.uploads > 0 {
		out = append(out, fmt.Sprintf("what is in the files of %s", count(r.uploads, "upload")))
	}
	return out
}

// readOwn reads what a fixture has written of itself, so that the same one is made of it.
func (r *harReader) readOwn() {
	if r.own.v == nil {
		return
	}
	names := map[string]string{}
	if table := r.own.field("names").object(); table.v != nil {
		for i, name := range table.v.keys {
			at := harAt{r: r, v: table.v.items[i], place: below(table.place, name), near: table.v.items[i]}
			if whole := "{" + name + "}"; shownName.FindString(whole) != whole || isMomentName(name) || name == brace {
				at.refuse("is no name of a fixture")
			}
			names[at.text()] = name
		}
	}
	var redacted []string
	for _, at := range r.own.field("redacted").list() {
		redacted = append(redacted, at.text())
	}
	r.options = append(r.options, ServerVersion(r.own.field("server").maybeText()), alreadyNamed(names), alreadyRedacted(redacted))
}

// hostOf is the host of a URL, with its port unless the scheme means that.
func hostOf(u *url.URL) string {
	switch u.Scheme + ":" + u.Port() {
	case "http:80", "ws:80", "https:443", "wss:443":
		return strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	return u.Host
}

// atSite is Site for what has been read from one.
func atSite(host, base string) FixtureOption {
	return func(o *fixtureRules) error { o.sites, o.base = []string{host}, base; return nil }
}

// alreadyShown shows the header fields that the exchanges of a fixture have, by its rules.
func alreadyShown(exchanges ...*Exchange) FixtureOption {
	var names []string
	for _, ex := range exchanges {
		names = slices.AppendSeq(names, maps.Keys(ex.Request.Header))
		names = slices.AppendSeq(names, maps.Keys(ex.Response.Header))
	}
	names = slices.DeleteFunc(names, isCookie)
	return func(o *fixtureRules) error {
		o.headers = append(o.headers, names...)
		return nil
	}
}

// alreadyRedacted lets a fixture say what another one of the same session has said.
func alreadyRedacted(words []string) FixtureOption {
	return func(o *fixtureRules) error { o.said = words; return nil }
}
