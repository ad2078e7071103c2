package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// A service knows who is on duty and answers Mattermost.
type service struct {
	url    string // where Mattermost reaches it
	token  string // of the outgoing webhook
	secret []byte
	users  directory

	mu     sync.Mutex
	onDuty string // user name; guarded by mu
}

func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /page", s.page)
	mux.HandleFunc("POST /acknowledge", s.action(s.acknowledge))
	mux.HandleFunc("POST /severity", s.action(s.severity))
	mux.HandleFunc("POST /hand-over", s.action(s.handOver))
	return mux
}

// page answers the outgoing webhook. It is called with a form.
func (s *service) page(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if subtle.ConstantTimeCompare([]byte(r.PostFormValue("token")), []byte(s.token)) != 1 {
		http.Error(w, "the token is not the outgoing webhook's", http.StatusForbidden)
		return
	}
	what := strings.TrimSpace(strings.TrimPrefix(r.PostFormValue("text"), r.PostFormValue("trigger_word")))
	if what == "" {
		reply(w, message{ResponseType: "comment", Text: "What is it? Write `page` and what has happened."})
		return
	}
	a := alert{What: what, By: r.PostFormValue("user_name")}
	reply(w, message{
		ResponseType: "comment", Username: "onduty",
		Text: fmt.Sprintf("@%s, you are on duty.", s.who()), Attachments: s.card(a, "#d24b4e"),
	})
}

// who is on duty now.
func (s *service) who() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.onDuty
}

// card shows an alert with what can be done about it.
func (s *service) card(a alert, color string) []attachment {
	context := map[string]any{"alert": a, "signature": s.sign(a)}
	to := func(path string) integration { return integration{URL: s.url + path, Context: context} }
	return []attachment{{
		Fallback: a.What, Color: color, Title: a.What, Text: "reported by @" + a.By,
		Actions: []action{
			{ID: "acknowledge", Name: "Acknowledge", Type: "button", Style: "primary", Integration: to("/acknowledge")},
			{ID: "severity", Name: "Severity", Type: "select", Integration: to("/severity"), Options: []option{
				{"Nuisance", "low"}, {"Users notice", "high"}, {"All is down", "critical"},
			}},
			{ID: "handover", Name: "Hand over to", Type: "select", DataSource: "users", Integration: to("/hand-over")},
		},
	}}
}

// sign proves that this service made a button: Mattermost sends no token with a
// click, so anybody who knows the URL could send one.
func (s *service) sign(a alert) string {
	mac := hmac.New(sha256.New, s.secret)
	json.NewEncoder(mac).Encode(a) // neither encoding nor writing it can fail
	return hex.EncodeToString(mac.Sum(nil))
}

// action answers a click on a button or menu with what do says.
func (s *service) action(do func(click) (answer, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var c click
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&c); err != nil {
			http.Error(w, "the request is no click: "+err.Error(), http.StatusBadRequest)
			return
		}
		if !hmac.Equal([]byte(c.Context.Signature), []byte(s.sign(c.Context.Alert))) {
			http.Error(w, "this service made no such button", http.StatusForbidden)
			return
		}
		a, err := do(c)
		if err != nil {
			a = answer{EphemeralText: "That did not work: " + err.Error()}
		}
		reply(w, a)
	}
}

func (s *service) acknowledge(c click) (answer, error) {
	a := c.Context.Alert
	return answer{Update: &update{
		Message: fmt.Sprintf(":white_check_mark: @%s takes care of it.", c.UserName),
		Props:   props{Attachments: []attachment{{Fallback: a.What, Color: "#3db887", Title: a.What, Text: "reported by @" + a.By}}},
	}}, nil
}

func (s *service) severity(c click) (answer, error) {
	colors := map[string]string{"low": "#9da2ad", "high": "#f5ab00", "critical": "#d24b4e"}
	color, ok := colors[c.Context.Option]
	if !ok {
		return answer{}, fmt.Errorf("there is no severity %q", c.Context.Option)
	}
	return answer{Update: &update{
		Message: fmt.Sprintf("@%s, you are on duty. @%s calls it %s.", s.who(), c.UserName, c.Context.Option),
		Props:   props{Attachments: s.card(c.Context.Alert, color)},
	}}, nil
}

func (s *service) handOver(c click) (answer, error) {
	name, err := s.users.name(c.Context.Option)
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	before := s.onDuty
	s.onDuty = name
	s.mu.Unlock()
	return answer{
		Update: &update{
			Message: fmt.Sprintf("@%s, you are on duty: @%s has handed over from @%s.", name, c.UserName, before),
			Props:   props{Attachments: s.card(c.Context.Alert, "#d24b4e")},
		},
		EphemeralText: fmt.Sprintf("@%s is on duty from now on.", name),
	}, nil
}
