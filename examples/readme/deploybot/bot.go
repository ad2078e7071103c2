// Package deploybot is the bot that the README tests. It deploys from a slash command
// once somebody has approved, announces what it does through a webhook, and answers
// "@deploybot status".
package deploybot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// A Bot is connected to one Mattermost server.
type Bot struct {
	url, token, hook string
	name             string // its own, of the token
}

// New connects to the server at url with the bot's token, and answers who mentions it
// until the connection is lost. What it deploys it announces through the incoming
// webhook.
func New(url, token, hook string) *Bot {
	b := &Bot{url: url, token: token, hook: hook}
	connected, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		b.listen(connected)
	}()
	select {
	case <-connected:
	case <-ended:
	}
	return b
}

func (b *Bot) listen(connected chan<- struct{}) {
	var me struct{ Username string }
	if b.call(http.MethodGet, b.url+"/api/v4/users/me", nil, &me) != nil {
		return
	}
	b.name = me.Username
	header := http.Header{"Authorization": {"Bearer " + b.token}}
	ws, _, err := websocket.Dial(context.Background(), b.url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		return
	}
	defer ws.CloseNow()
	for {
		_, text, err := ws.Read(context.Background())
		if err != nil {
			return
		}
		var e struct {
			Event string
			Data  struct{ Post string }
		}
		var post struct {
			ChannelID string `json:"channel_id"`
			Message   string
		}
		switch {
		case json.Unmarshal(text, &e) != nil:
		case e.Event == "hello":
			close(connected)
		case e.Event == "posted" && json.Unmarshal([]byte(e.Data.Post), &post) == nil && post.Message == "@"+b.name+" status":
			b.insist(http.MethodPost, b.url+"/api/v4/posts", object{"channel_id": post.ChannelID, "message": "all green"})
		}
	}
}

// Handler answers the server's requests: the slash command at /command, and what
// follows from it.
func (b *Bot) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /command", b.command)
	mux.HandleFunc("POST /approve", b.approve)
	mux.HandleFunc("POST /dialog", b.dialog)
	return mux
}

type object = map[string]any

func (b *Bot) command(w http.ResponseWriter, r *http.Request) {
	environment := r.FormValue("text")
	button := object{"name": "Approve", "integration": object{"url": "http://" + r.Host + "/approve", "context": object{"environment": environment}}}
	reply(w, object{
		"response_type": "in_channel", "text": "Deploy to " + environment + "?",
		"attachments": []object{{"actions": []object{button}}},
	})
}

func (b *Bot) approve(w http.ResponseWriter, r *http.Request) {
	var click struct {
		TriggerID string `json:"trigger_id"`
		Context   struct{ Environment string }
	}
	if err := json.NewDecoder(r.Body).Decode(&click); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	err := b.call(http.MethodPost, b.url+"/api/v4/actions/dialogs/open", object{
		"trigger_id": click.TriggerID, "url": "http://" + r.Host + "/dialog",
		"dialog": object{
			"title": "Deploy to " + click.Context.Environment, "state": click.Context.Environment,
			"elements": []object{{"display_name": "Reason", "name": "reason", "type": "text"}},
		},
	}, nil)
	if err != nil {
		reply(w, object{"ephemeral_text": "I cannot ask why: " + err.Error()})
		return
	}
	reply(w, object{})
}

func (b *Bot) dialog(w http.ResponseWriter, r *http.Request) {
	var form struct {
		State      string
		Submission struct{ Reason string }
	}
	if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	text := "deploying to " + form.State + ": " + form.Submission.Reason
	if err := b.call(http.MethodPost, b.hook, object{"text": text, "username": b.name}, nil); err != nil {
		reply(w, object{"error": err.Error()})
		return
	}
	reply(w, object{})
}

func reply(w http.ResponseWriter, answer object) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer) // a caller that has gone is no error
}

// insist makes a request up to five times, with more time between them each time.
func (b *Bot) insist(method, url string, body any) {
	for wait := 50 * time.Millisecond; wait < time.Second; wait *= 2 {
		if b.call(method, url, body, nil) == nil {
			return
		}
		time.Sleep(wait)
	}
}

// call makes a request and reads the answer into out, if there is one.
func (b *Bot) call(method, url string, body, out any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(method, url, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(url, b.url+"/api/") {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("the server answered %s", response.Status)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(out)
}
