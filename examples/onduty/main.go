// Command onduty pages whoever is on duty. An outgoing webhook of Mattermost calls
// it for each message that begins with "page"; it answers in the message's thread,
// with buttons and menus to acknowledge the alert, to say how bad it is and to hand
// the duty over.
//
// Its settings are in the environment:
//
//	ONDUTY_URL        where Mattermost reaches this service, as http://onduty.test:8080
//	ONDUTY_TOKEN      the token of the outgoing webhook, whose URL is ONDUTY_URL/page
//	ONDUTY_SECRET     any text; what this service puts into its buttons is signed with it
//	ONDUTY_FIRST      the name of the user who is on duty at the start
//	ONDUTY_LISTEN     address to listen on, by default :8080
//	MATTERMOST_URL    the Mattermost server
//	MATTERMOST_TOKEN  a token that may look users up
package main

import (
	"cmp"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	s, err := fromEnvironment(os.Getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, "onduty:", err)
		os.Exit(1)
	}
	server := &http.Server{
		Addr: cmp.Or(os.Getenv("ONDUTY_LISTEN"), ":8080"), Handler: s.handler(),
		ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
	}
	log.Fatal(server.ListenAndServe())
}

// fromEnvironment makes a service of its settings.
func fromEnvironment(getenv func(string) string) (*service, error) {
	settings := map[string]string{}
	for _, name := range []string{"ONDUTY_URL", "ONDUTY_TOKEN", "ONDUTY_SECRET", "ONDUTY_FIRST", "MATTERMOST_URL", "MATTERMOST_TOKEN"} {
		if settings[name] = getenv(name); settings[name] == "" {
			return nil, fmt.Errorf("set %s", name)
		}
	}
	return &service{
		url: strings.TrimRight(settings["ONDUTY_URL"], "/"), token: settings["ONDUTY_TOKEN"], secret: []byte(settings["ONDUTY_SECRET"]),
		users:  directory{url: settings["MATTERMOST_URL"], token: settings["MATTERMOST_TOKEN"]},
		onDuty: strings.TrimPrefix(settings["ONDUTY_FIRST"], "@"),
	}, nil
}
