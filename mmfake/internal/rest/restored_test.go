package rest_test

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/rest"
)

// looks are the endpoints that change nothing.
var looks = regexp.MustCompile(`^GET /api|(/search|/ids|/usernames|/emoji/names)$`)

// views are requests that only look, at what is known by now: some to each endpoint, with
// and without what makes their answers others.
func (s *crowd) views() []sent {
	var list []sent
	for _, pattern := range rest.Patterns() {
		if !looks.MatchString(pattern) || strings.Contains(pattern, "/websocket") || refused.MatchString(pattern) {
			continue
		}
		for range 4 {
			list = append(list, s.request(pattern, s.actors[3].ID))
		}
		method, _, _ := strings.Cut(pattern, " ")
		list = append(list, sent{pattern: pattern, method: method, path: s.plainPath(pattern)})
	}
	return list
}

// plainPath is the path of an endpoint with what was known first.
func (s *crowd) plainPath(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	return parameter.ReplaceAllStringFunc(path, func(name string) string {
		name = strings.Trim(name, "{}.")
		for _, key := range append([]string{name}, kin[name]...) {
			if known := append(slices.Clone(s.known[key]), sensible[key]...); len(known) > 0 {
				return known[0]
			}
		}
		return "x"
	})
}

// look asks for all of the views as an admin and as a member.
func (s *crowd) look(views []sent) []string {
	known := maps.Clone(s.known)
	defer func() { s.known = known }() // it was not there before
	var answers []string
	for _, v := range views {
		for _, as := range []*mmfake.Actor{s.actors[0], s.actors[3]} {
			got := s.send(as, v)
			body := string(got.Body)
			if problem := got.problem(); problem != "" && got.Status >= 400 {
				body = problem // the rest has the id of the request
			}
			answers = append(answers, fmt.Sprintf("%s: %d %s %s", v, got.Status, got.Header.Get("Etag"), body))
		}
	}
	return answers
}

// change sends a random request to each endpoint that changes something, in any order, and
// to most of those after which little goes on at last.
func (s *crowd) change() {
	changes := slices.DeleteFunc(randomPatterns(), func(p string) bool { return looks.MatchString(p) || refused.MatchString(p) })
	for _, i := range s.random.Perm(len(changes)) {
		if !deadly.MatchString(changes[i]) {
			s.ask(changes[i])
		}
	}
	for range s.n(20) {
		s.ask(pick(s.whim, changes))
	}
	require.NoError(s.t, s.mm.Settle(context.Background()))
}

// Whatever clients have done since a snapshot, a server that is restored answers every
// GET as it did then.
func TestARestoredServerAnswersAsItDid(t *testing.T) {
	for seed := range uint64(2) {
		for _, version := range recordedVersions {
			t.Run(fmt.Sprint(version, "/", seed), func(t *testing.T) { restored(t, version, seed) })
		}
	}
}

func restored(t *testing.T, version string, seed uint64) {
	s := newCrowd(t, version, newWhim(seed, nil))
	defer s.mm.Close()
	s.change()
	views := s.views()
	s.look(views) // some of it is made when somebody looks
	before := s.look(views)
	snapshot := s.mm.Snapshot()
	for range 2 {
		s.change()
		s.mm.Restore(snapshot)
		for i, after := range s.look(views) {
			if before[i] != after {
				t.Fatalf("was: %s\nis:  %s", before[i], after)
			}
		}
	}
}
