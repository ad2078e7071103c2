// Command echobot is a Mattermost bot that listens and repeats what it is told:
// whoever mentions it gets an answer in the thread, whoever writes to it directly
// gets one there. It needs the server's URL and a token in the environment:
//
//	MATTERMOST_URL=https://chat.example.com MATTERMOST_TOKEN=… echobot
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b := &bot{url: os.Getenv("MATTERMOST_URL"), token: os.Getenv("MATTERMOST_TOKEN"), retry: time.Second, logf: log.Printf}
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "echobot:", err)
		os.Exit(1)
	}
}
