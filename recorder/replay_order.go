package recorder

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// An order is how the requests of a replay may come.
type order int

const (
	byResource order = iota
	inOrder
	anyOrder
)

// InOrder has the requests come in the order of the fixture: each is answered only
// when all before it have been.
func InOrder() ReplayOption { return func(r *Replay) { r.order = inOrder } }

// ByResource has the requests about the same resource come in the order of the fixture,
// and lets those about different ones come in any order, as from several goroutines.
// It is what a Replay does without an option.
//
// A request is about what its path names by an id: /channels/{channel.dev}/posts is about
// the channel. If its path names nothing, it is about what its query and its body name,
// and about what its answer's "id" says that it has made: a post is about its channel,
// the post that it answers, and itself. Users and teams count only where there is nothing
// else, for they stand beside most things. If there is nothing at all, as in
// /users/me, it is about its path. The connection of a websocket and what the client
// sends on it are about the user whose it is.
func ByResource() ReplayOption { return func(r *Replay) { r.order = byResource } }

// AnyOrder lets the requests come in any order, also those about one resource, as from a
// bot that answers each post in a goroutine of its own. Only those that are the same
// request are answered in the order of the fixture.
func AnyOrder() ReplayOption { return func(r *Replay) { r.order = anyOrder } }

// resourcesOf returns what a recorded request is about; see ByResource.
func resourcesOf(shown *value) []string {
	request, answer := shown.get("request"), shown.get("answer")
	if Kind(shown.string("kind")) == KindSocket || opensSocket(shown) {
		return []string{"the websocket of " + orNone(shown.string("actor"))}
	}
	named := namesOf(textValue(request.string("path")), nil)
	if len(named) == 0 {
		for _, key := range bodyKeys {
			named = namesOf(request.get(key), named)
		}
		named = namesOf(answer.get("json").get("id"), named)
	}
	narrow := slices.DeleteFunc(slices.Clone(named), func(name string) bool {
		return strings.HasPrefix(name, "{user.") || strings.HasPrefix(name, "{team.")
	})
	switch {
	case len(narrow) > 0:
		return narrow
	case len(named) > 0:
		return named
	}
	return []string{request.string("path")}
}

// opensSocket tells whether an exchange is the beginning of a websocket connection.
func opensSocket(shown *value) bool {
	status := shown.get("answer").get("status")
	return status != nil && status.text == strconv.Itoa(http.StatusSwitchingProtocols)
}

// namesOf adds the names of ids that stand in a value of a fixture, each once.
func namesOf(v *value, named []string) []string {
	if v == nil {
		return named
	}
	texts := v.keys
	if v.kind == text {
		texts = []string{v.text}
	}
	for _, s := range texts {
		if !strings.Contains(s, "{") {
			continue
		}
		for _, m := range shownName.FindAllStringSubmatch(s, -1) {
			if isResource(m[1]) && !slices.Contains(named, m[0]) {
				named = append(named, m[0])
			}
		}
	}
	for _, item := range v.items {
		named = namesOf(item, named)
	}
	return named
}

// isResource tells whether a name stands for a thing that requests may be about.
func isResource(name string) bool {
	kind, _, _ := strings.Cut(name, ".")
	return !ownKinds[kind] && kind != "token"
}

// earlier returns a step that has to come before another one, by the order, and has not
// come; nil if there is none. r.mu must be held.
func (r *Replay) earlier(s *step) *step {
	if r.order == inOrder {
		if next := r.upNext(); next != s {
			return next
		}
	}
	for _, resource := range s.resources {
		if first := r.about[resource].next(); first != s {
			return first
		}
	}
	return nil
}

// upNext returns the first step that is not used, nil if all are. r.mu must be held.
func (r *Replay) upNext() *step {
	for r.next < len(r.steps) && r.steps[r.next].used {
		r.next++
	}
	if r.next == len(r.steps) {
		return nil
	}
	return r.steps[r.next]
}

// tooEarly says why a recorded request is not answered yet. r.mu must be held.
func (r *Replay) tooEarly(request *Request, s *step) string {
	first := r.earlier(s)
	because := ""
	if r.order == byResource {
		common := slices.DeleteFunc(slices.Clone(s.resources), func(resource string) bool { return !slices.Contains(first.resources, resource) })
		because = ", because both are about " + strings.Join(common, " and ")
	}
	return fmt.Sprintf("%s is exchange %d of the fixture and comes too early: exchange %d, %s, has to come before it%s", request.what(), s.number, first.number, first, because)
}
