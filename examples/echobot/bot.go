package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A bot answers what concerns it.
type bot struct {
	url, token string
	retry      time.Duration // before the second attempt to connect; it doubles with each
	logf       func(format string, args ...any)

	me user
}

type user struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

type post struct {
	ID        string `json:"id,omitempty"`
	UserID    string `json:"user_id,omitempty"`
	ChannelID string `json:"channel_id"`
	RootID    string `json:"root_id,omitempty"`
	Message   string `json:"message"`
	Type      string `json:"type,omitempty"`
}

// run answers until ctx ends. It fails only where the token is no good.
func (b *bot) run(ctx context.Context) error {
	if b.url == "" || b.token == "" {
		return errors.New("set MATTERMOST_URL and MATTERMOST_TOKEN")
	}
	if err := b.call(ctx, http.MethodGet, "/users/me", nil, &b.me); err != nil {
		return err
	}
	return b.listen(ctx)
}

// hear answers an event if it is a message for the bot.
func (b *bot) hear(ctx context.Context, e *event) error {
	if e.Event != "posted" {
		return nil
	}
	var heard post
	if err := json.Unmarshal([]byte(e.Data.Post), &heard); err != nil {
		return err
	}
	if heard.UserID == b.me.ID || strings.HasPrefix(heard.Type, "system_") || !b.concerns(e) {
		return nil
	}
	text := strings.TrimSpace(strings.ReplaceAll(heard.Message, "@"+b.me.Username, ""))
	answer := post{ChannelID: heard.ChannelID, RootID: heard.RootID, Message: "You said: " + text}
	if heard.RootID == "" && e.Data.ChannelType != "D" {
		answer.RootID = heard.ID // begin a thread
	}
	return b.call(ctx, http.MethodPost, "/posts", answer, nil)
}

// concerns says whether a new post mentions the bot or is in a direct channel.
func (b *bot) concerns(e *event) bool {
	var mentions []string
	if e.Data.Mentions != "" && json.Unmarshal([]byte(e.Data.Mentions), &mentions) != nil {
		return false
	}
	return e.Data.ChannelType == "D" || slices.Contains(mentions, b.me.ID)
}

// call sends a request to the API and reads the answer into out, if there is one.
func (b *bot) call(ctx context.Context, method, path string, in, out any) error {
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			return err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, b.url+"/api/v4"+path, &body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+b.token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	switch {
	case err != nil:
		return err
	case answer.StatusCode >= 300:
		return fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, text)
	case out == nil:
		return nil
	}
	return json.Unmarshal(text, out)
}
