package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// An object is a JSON object.
type object = map[string]any

// reply answers a request of Mattermost's.
func reply(w http.ResponseWriter, answer object) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer) // a caller that has gone is no error
}

// A client sends requests to Mattermost as the bot.
type client struct{ url, token string }

func (c client) post(ctx context.Context, channelID, text string, props object) error {
	return c.send(ctx, http.MethodPost, c.url+"/api/v4/posts", object{"channel_id": channelID, "message": text, "props": props})
}

// edit gives a post another text, and takes its buttons away.
func (c client) edit(ctx context.Context, postID, text string) error {
	return c.send(ctx, http.MethodPut, c.url+"/api/v4/posts/"+postID+"/patch", object{"message": text, "props": object{}})
}

func (c client) openDialog(ctx context.Context, trigger, url string, dialog object) error {
	return c.send(ctx, http.MethodPost, c.url+"/api/v4/actions/dialogs/open", object{"trigger_id": trigger, "url": url, "dialog": dialog})
}

// answerLater sends a delayed answer to a slash command. Its URL is all that it
// takes.
func answerLater(ctx context.Context, responseURL string, answer object) error {
	return client{}.send(ctx, http.MethodPost, responseURL, answer)
}

func (c client) send(ctx context.Context, method, url string, body object) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusBadRequest {
		var problem struct{ Message string }
		json.NewDecoder(response.Body).Decode(&problem) // what is no JSON has no words either
		return fmt.Errorf("the server answered %s: %s", response.Status, problem.Message)
	}
	return nil
}
