// Command deploybot deploys from Mattermost. "/deploy prod" makes it ask for
// approval in the channel; who approves is asked for the release in a dialog; then
// the request shows what is deployed, and who asked for it hears how it ended.
//
//	MATTERMOST_URL    address of the server, such as https://chat.example.com
//	MATTERMOST_TOKEN  access token of the bot, which has to be in the channels
//	COMMAND_TOKEN     token of the slash command, whose URL is BOT_URL/command
//	BOT_URL           where Mattermost reaches the bot
//	BOT_SECRET        any long text: it marks what comes back from Mattermost as the bot's own
//	DEPLOY_PROGRAM    is run with the environment and the release
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"
	"time"
)

func main() {
	b := &bot{
		mattermost: client{url: os.Getenv("MATTERMOST_URL"), token: os.Getenv("MATTERMOST_TOKEN")},
		url:        os.Getenv("BOT_URL"),
		token:      os.Getenv("COMMAND_TOKEN"),
		secret:     os.Getenv("BOT_SECRET"),
		deploy:     runProgram,
	}
	if b.mattermost.url == "" || b.url == "" || b.token == "" || b.secret == "" {
		log.Fatal("deploybot: set MATTERMOST_URL, MATTERMOST_TOKEN, COMMAND_TOKEN, BOT_URL and BOT_SECRET")
	}
	server := http.Server{Addr: ":8080", Handler: b.handler(), ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}

func runProgram(ctx context.Context, environment, release string) error {
	output, err := exec.CommandContext(ctx, os.Getenv("DEPLOY_PROGRAM"), environment, release).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %.200s", err, output)
	}
	return nil
}
