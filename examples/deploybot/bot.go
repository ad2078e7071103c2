package main

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

type bot struct {
	mattermost client
	url        string // where Mattermost reaches the bot
	token      string // of the slash command
	secret     string
	deploy     func(ctx context.Context, environment, release string) error

	running sync.WaitGroup // deployments
}

var environments = []string{"staging", "prod"}

func (b *bot) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /command", b.command)
	mux.HandleFunc("POST /action", b.action)
	mux.HandleFunc("POST /dialog", b.dialog)
	return mux
}

// A request is a wish to deploy. It travels with the buttons and the dialog, so
// that the bot has nothing to remember.
type request struct {
	Environment string `json:"environment"`
	By          string `json:"by"`     // user name
	Answer      string `json:"answer"` // response_url: where to tell how it ended
	PostID      string `json:"post_id"`
}

// command answers "/deploy ENVIRONMENT".
func (b *bot) command(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.FormValue("token")), []byte(b.token)) == 0 {
		http.Error(w, "wrong token", http.StatusUnauthorized)
		return
	}
	wish := request{Environment: strings.TrimSpace(r.FormValue("text")), By: r.FormValue("user_name"), Answer: r.FormValue("response_url")}
	if !slices.Contains(environments, wish.Environment) {
		reply(w, object{"text": "Usage: /deploy " + strings.Join(environments, "|")})
		return
	}
	if err := b.ask(r.Context(), r.FormValue("channel_id"), wish); err != nil {
		reply(w, object{"text": "I cannot ask here: " + err.Error() + ". Is @deploybot in this channel?"})
		return
	}
	reply(w, object{"text": "Asked for approval."})
}

// ask posts the request with its buttons. Mattermost shows nobody the context.
func (b *bot) ask(ctx context.Context, channelID string, wish request) error {
	button := func(name, style string) object {
		return object{"name": name, "style": style, "integration": object{
			"url": b.url + "/action", "context": object{"secret": b.secret, "choice": name, "request": wish},
		}}
	}
	return b.mattermost.post(ctx, channelID, fmt.Sprintf("@%s wants to deploy to %s", wish.By, wish.Environment), object{
		"attachments": []object{{"text": "Is that all right?", "actions": []object{button("Approve", "good"), button("Reject", "danger")}}},
	})
}

// action takes the click on a button.
func (b *bot) action(w http.ResponseWriter, r *http.Request) {
	var click struct {
		PostID    string `json:"post_id"`
		TriggerID string `json:"trigger_id"`
		UserName  string `json:"user_name"`
		Context   struct {
			Secret, Choice string
			Request        request
		}
	}
	if json.NewDecoder(r.Body).Decode(&click) != nil || subtle.ConstantTimeCompare([]byte(click.Context.Secret), []byte(b.secret)) == 0 {
		http.Error(w, "not a click on a button of mine", http.StatusUnauthorized)
		return
	}
	wish := click.Context.Request
	if click.Context.Choice == "Reject" {
		reply(w, object{"update": object{"message": fmt.Sprintf("@%s does not want %s deployed", click.UserName, wish.Environment), "props": object{}}})
		return
	}
	wish.PostID = click.PostID
	if err := b.mattermost.openDialog(r.Context(), click.TriggerID, b.url+"/dialog", releaseDialog(wish, b.secret)); err != nil {
		reply(w, object{"ephemeral_text": "I cannot ask for the release: " + err.Error()})
		return
	}
	reply(w, object{})
}

func releaseDialog(wish request, secret string) object {
	return object{
		"title": "Deploy to " + wish.Environment, "submit_label": "Deploy", "state": seal(wish, secret),
		"elements": []object{{"display_name": "Release", "name": "reason", "type": "text", "placeholder": "release 1.4", "min_length": 3, "max_length": 40}},
	}
}

var release = regexp.MustCompile(`\d+\.\d+`)

// dialog takes the filled-in dialog: the deployment begins.
func (b *bot) dialog(w http.ResponseWriter, r *http.Request) {
	var form struct {
		State      string
		Submission struct{ Reason string }
	}
	if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	wish, err := unseal(form.State, b.secret)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	reason := form.Submission.Reason
	if !release.MatchString(reason) {
		reply(w, object{"errors": object{"reason": "Name the release, such as 1.4."}})
		return
	}
	if err := b.mattermost.edit(r.Context(), wish.PostID, "deploying to "+wish.Environment+": "+reason); err != nil {
		reply(w, object{"error": err.Error()})
		return
	}
	b.running.Go(func() { b.carryOut(wish, reason) })
	reply(w, object{})
}

// carryOut deploys, and tells who asked for it how it ended.
func (b *bot) carryOut(wish request, reason string) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute) // response_url is good for thirty
	defer cancel()
	outcome := "deployed to " + wish.Environment + ": " + reason
	if err := b.deploy(ctx, wish.Environment, reason); err != nil {
		outcome = "deploying to " + wish.Environment + " failed: " + err.Error()
	}
	answerLater(context.Background(), wish.Answer, object{"text": outcome}) // nobody is left to be told of an error
}
