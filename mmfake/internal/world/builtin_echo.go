package world

import (
	"strconv"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	longestEcho = 10_000 // seconds that /echo waits
	mostEchoes  = 200    // that wait at once
)

// echo posts a text as the user, after some seconds where the text ends in a
// number of them.
func echo(w *World, run *CommandRun) (*model.CommandResponse, error) {
	text, seconds := splitEcho(run.text)
	switch {
	case strings.TrimSpace(text) == "":
		return needText(run), nil
	case seconds > longestEcho:
		return ephemeral("/echo waits up to 10000 seconds."), nil
	case seconds <= 0:
		return &model.CommandResponse{}, w.postFor(run, run.args.ChannelID, run.args.RootID, text)
	}
	waiting := &w.echoes
	if waiting.Add(1) > mostEchoes {
		waiting.Add(-1)
		return ephemeral("200 messages of /echo are waiting: try again later."), nil
	}
	run.Later = &Later{time.Duration(seconds) * time.Second, func() {
		defer waiting.Add(-1)
		w.postFor(run, run.args.ChannelID, run.args.RootID, text) // the command is over: nobody hears of an error
	}}
	return &model.CommandResponse{}, nil
}

// splitEcho takes the delay off the text, and the quotes that may be around it.
func splitEcho(text string) (string, int) {
	text = strings.TrimSpace(text)
	if end := strings.LastIndexByte(text, '"'); end > 0 && text[0] == '"' {
		seconds, _ := strconv.Atoi(strings.TrimSpace(text[end+1:]))
		return text[1:end], seconds
	}
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		if seconds, err := strconv.Atoi(text[i+1:]); err == nil {
			return text[:i], seconds
		}
	}
	return text, 0
}
