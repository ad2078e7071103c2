package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Scenario is one file under scenarios/: steps that run in order in a world of
// their own.
type Scenario struct {
	Name  string `yaml:"-"`
	About string `yaml:"about"`
	Since string `yaml:"since"` // the first server version it makes sense for, e.g. "5.36"
	Until string `yaml:"until"` // the last one
	Steps []Step `yaml:"steps"`
}

// A Step does exactly one thing: a request (Do), preparing an answer of the
// integration (Integration), reading what the integration was sent (Callbacks),
// opening a websocket (Listen), sending on it (Send) or reading its events
// (Events). The other fields say how, and what of the result is compared.
type Step struct {
	As      string            `yaml:"as"` // sysadmin, alice, bob, carol, or token:${name}; none is anonymous
	Do      string            `yaml:"do"` // METHOD /path
	Query   map[string]string `yaml:"query"`
	Headers map[string]string `yaml:"headers"`
	JSON    any               `yaml:"json"`
	Form    map[string]string `yaml:"form"`
	Text    *string           `yaml:"text"`
	Type    string            `yaml:"type"` // the Content-Type that goes with JSON or Text
	Files   []Upload          `yaml:"files"`

	Save   map[string]string `yaml:"save"`   // variable: dotted path in the answer, or header:Name
	Ignore []string          `yaml:"ignore"` // keys dropped from the answer, wherever they stand
	Keep   []string          `yaml:"keep"`   // only these top-level keys are compared
	Sort   bool              `yaml:"sort"`   // arrays are compared without order
	Show   []string          `yaml:"show"`   // response headers whose values are compared too
	Head   bool              `yaml:"head"`   // everything but the body is compared
	Status bool              `yaml:"status"` // only the status code is compared
	Setup  bool              `yaml:"setup"`  // nothing is compared

	Integration string `yaml:"integration"` // path on the callback server
	Reply       *Reply `yaml:"reply"`       // what it answers there from now on

	Callbacks string `yaml:"callbacks"` // path on the callback server

	Listen string   `yaml:"listen"` // user; one without a token connects anonymously
	Send   string   `yaml:"send"`   // user; JSON is the message without seq, or Text the whole message
	Events string   `yaml:"events"` // user
	Only   []string `yaml:"only"`   // names of the events that are looked at
	Match  string   `yaml:"match"`  // only events in which this text stands
}

// An Upload is one part of a multipart form: a file, or a plain field where it
// has no name.
type Upload struct {
	Field string `yaml:"field"`
	Name  string `yaml:"name"`
	Text  string `yaml:"text"`
}

// A Reply is what the integration answers to a callback.
type Reply struct {
	Status  int               `yaml:"status"` // 200 where it is not given
	Headers map[string]string `yaml:"headers"`
	JSON    any               `yaml:"json"`
	Text    *string           `yaml:"text"`
}

// parseScenario reads a scenario's YAML. A key that the language does not have is
// an error, so that a slip of the pen cannot turn a check into none.
func parseScenario(name string, source []byte) (*Scenario, error) {
	s := &Scenario{}
	d := yaml.NewDecoder(bytes.NewReader(source))
	d.KnownFields(true)
	if err := d.Decode(s); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	s.Name = name
	if len(s.Steps) == 0 {
		return nil, fmt.Errorf("scenario %s: it has no steps", name)
	}
	for i := range s.Steps {
		if err := s.Steps[i].check(); err != nil {
			return nil, fmt.Errorf("scenario %s: step %d: %w", name, i+1, err)
		}
	}
	return s, nil
}

// Area is the part of the API that the scenario is about: its name up to the
// first dash.
func (s *Scenario) Area() string {
	area, _, _ := strings.Cut(s.Name, "-")
	return area
}

// For says whether the scenario makes sense for that server version.
func (s *Scenario) For(version string) bool {
	return (s.Since == "" || !older(version, s.Since)) && (s.Until == "" || !older(s.Until, version))
}

// older compares as many numbers as both versions have, so that 5.36 is not older
// than 5.36.1.
func older(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, _ := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if m != n {
			return m < n
		}
	}
	return false
}

// Title says in a few words what the step does; the recordings carry it.
func (s *Step) Title() string {
	if s.Do != "" {
		who := s.As
		if who == "" {
			who = "anonymous"
		}
		return who + " " + s.Do
	}
	if verbs := s.verbs(); len(verbs) > 0 {
		return verbs[0].name + " " + verbs[0].object
	}
	return "?"
}

type verb struct{ name, object string }

// verbs lists what the step is told to do.
func (s *Step) verbs() []verb {
	var list []verb
	for _, v := range []verb{
		{"do", s.Do},
		{"integration", s.Integration},
		{"callbacks", s.Callbacks},
		{"listen", s.Listen},
		{"send", s.Send},
		{"events", s.Events},
	} {
		if v.object != "" {
			list = append(list, v)
		}
	}
	return list
}

func (s *Step) check() error {
	switch verbs := s.verbs(); {
	case len(verbs) != 1:
		return fmt.Errorf("wants one of do, integration, callbacks, listen, send and events, has %d", len(verbs))
	case s.Do != "" && !strings.Contains(s.Do, " "):
		return fmt.Errorf("do wants METHOD and path, has %q", s.Do)
	case s.Integration != "" && s.Reply == nil:
		return errors.New("integration wants a reply")
	case s.Events != "" && len(s.Only) == 0:
		return errors.New("events wants the names of events in only")
	}
	return nil
}
