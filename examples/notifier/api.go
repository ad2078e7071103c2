package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// An api tells as a user or bot with a token.
type api struct {
	url, token string
	channel    string // as team/channel
}

func (a api) notify(ctx context.Context, b build) error {
	team, channel, ok := strings.Cut(a.channel, "/")
	if !ok {
		return fmt.Errorf("the channel %q is not written as team/channel", a.channel)
	}
	var found struct{ ID string }
	err := do(ctx, http.MethodGet, a.url+"/api/v4/teams/name/"+team+"/channels/name/"+channel, a.token, nil, &found)
	if err != nil {
		return fmt.Errorf("finding the channel %s: %w", a.channel, err)
	}
	text := ":white_check_mark: " + b.title()
	if !b.passed() {
		text = ":x: @channel " + b.title()
	}
	if b.url != "" {
		text += "\n" + b.url
	}
	return send(ctx, a.url+"/api/v4/posts", a.token, map[string]string{"channel_id": found.ID, "message": text}, nil)
}
