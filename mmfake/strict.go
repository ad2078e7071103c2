package mmfake

// allowances are what does not fail a test at its end.
type allowances struct {
	unknown, missing, unroutable, unanswered bool
}

// Lenient fails no test at its end: it is all of [AllowUnknownEndpoints],
// [AllowMissingEndpoints], [AllowUnroutableActions] and [AllowUnanswered].
func Lenient() Option {
	return func(s *settings) { s.allowed = allowances{true, true, true, true} }
}

// AllowUnknownEndpoints lets the code under test call endpoints that Mattermost does
// not have, or not yet in the server's version. They are answered with 404, or below
// another path than /api/v4 with the web app's page, all the same.
func AllowUnknownEndpoints() Option { return func(s *settings) { s.allowed.unknown = true } }

// AllowMissingEndpoints lets the code under test call endpoints that Mattermost has
// and the fake has not. They are answered with 501 all the same.
func AllowMissingEndpoints() Option { return func(s *settings) { s.allowed.missing = true } }

// AllowUnroutableActions lets the code under test post buttons and menus whose id no
// route of Mattermost's matches, so that nobody can press them.
func AllowUnroutableActions() Option { return func(s *settings) { s.allowed.unroutable = true } }

// AllowUnanswered lets integrations leave requests of the server's without an answer:
// those that cannot be reached, break off or take too long, and those that have not
// answered when the test ends. An answer with an error's status is one, and what a
// fault does is no fault of the integration's.
func AllowUnanswered() Option { return func(s *settings) { s.allowed.unanswered = true } }

// complaints are what tests are failed for. The lists that they are in only grow.
type complaints struct {
	misses, actions, unanswered map[int]bool // the places of those that have failed a test
	open                        []string     // the requests to integrations that Close cut off
}

// A moment is how long the lists of complaints were at one time.
type moment struct{ misses, actions, unanswered int }

func (s *Server) now() moment {
	return moment{len(s.api.Misses()), len(s.world.UnroutableActions()), len(s.outgoing.Unanswered())}
}

// fresh returns what stands in a list from a place on and has failed no test, and
// notes that it does now.
func fresh[T any](list []T, from int, failed *map[int]bool) (found []T) {
	for i := from; i < len(list); i++ {
		if !(*failed)[i] {
			if *failed == nil {
				*failed = map[int]bool{}
			}
			(*failed)[i] = true
			found = append(found, list[i])
		}
	}
	return found
}

// complain fails the test for what was wrong with the code under test since s.since, and
// failed no test yet.
func (s *Server) complain() {
	s.t.Helper()
	s.mu.Lock()
	misses := fresh(s.api.Misses(), s.since.misses, &s.complaints.misses)
	actions := fresh(s.world.UnroutableActions(), s.since.actions, &s.complaints.actions)
	unanswered := fresh(s.outgoing.Unanswered(), s.since.unanswered, &s.complaints.unanswered)
	open := s.complaints.open
	s.complaints.open = nil
	s.mu.Unlock()
	for _, a := range actions {
		if !s.allowed.unroutable {
			s.t.Errorf("mmfake: %s (mmfake.AllowUnroutableActions allows that)", unroutable(a.Name, a.ID))
		}
	}
	for _, miss := range misses {
		switch {
		case miss.Known && !s.allowed.missing:
			s.t.Errorf("mmfake: %s %s is an endpoint that Mattermost has and this fake has not: it was answered with 501 (mmfake.AllowMissingEndpoints allows that)", miss.Method, miss.Path)
		case miss.Known || s.allowed.unknown: // allowed
		case miss.When != "":
			s.t.Errorf("mmfake: %s %s is an endpoint %s, and the fake behaves as %s: it was answered with 404 (mmfake.AllowUnknownEndpoints allows that)",
				miss.Method, miss.Path, miss.When, s.world.Version())
		case miss.Page:
			s.t.Errorf("mmfake: Mattermost has no endpoint %s %s: it was answered with the web app's page; the API is at %s/api/v4 (mmfake.AllowUnknownEndpoints allows that)", miss.Method, miss.Path, s.URL)
		default:
			s.t.Errorf("mmfake: Mattermost has no endpoint %s %s: it was answered with 404 (mmfake.AllowUnknownEndpoints allows that)", miss.Method, miss.Path)
		}
	}
	if s.allowed.unanswered {
		return
	}
	for _, request := range unanswered {
		s.t.Errorf("mmfake: %s (mmfake.AllowUnanswered allows that)", request)
	}
	for _, request := range open {
		s.t.Errorf("mmfake: when the test ended, the integration had not answered %s (mmfake.AllowUnanswered allows that)", request)
	}
}
