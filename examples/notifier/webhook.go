package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// A webhook tells through an incoming webhook.
type webhook struct{ url string }

func (w webhook) notify(ctx context.Context, b build) error {
	color := "good"
	if !b.passed() {
		color = "danger"
	}
	return send(ctx, w.url, "", map[string]any{
		"username": "ci",
		"attachments": []map[string]any{{
			"fallback": b.title(), "title": b.title(), "title_link": b.url, "color": color,
			"fields": []map[string]any{{"title": "Branch", "value": b.branch, "short": true}, {"title": "Status", "value": b.status, "short": true}},
		}},
	}, nil)
}

// send posts JSON and decodes the answer into answer, unless that is nil.
func send(ctx context.Context, url, token string, body, answer any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return do(ctx, http.MethodPost, url, token, bytes.NewReader(encoded), answer)
}

func do(ctx context.Context, method, url, token string, body io.Reader, answer any) error {
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusBadRequest {
		var problem struct{ ID, Message string }
		json.NewDecoder(response.Body).Decode(&problem) // what is no JSON has no words either
		return fmt.Errorf("the server answered %s: %s (%s)", response.Status, problem.Message, problem.ID)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(answer)
}
