package mmfake

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Command is a slash command of a team.
type Command struct {
	ID      string
	Trigger string // the word after the slash, in lower case
	Token   string // what its integration gets as "token", and in the Authorization header
}

// Command makes a slash command of the default team: "/deploy", or without the
// slash, asks the integration at a URL by POST. A change sets more of it, such as
// Method to model.CommandMethodGet, or Username. The test ends where the trigger is
// taken, or one that Mattermost refuses.
func (s *Server) Command(trigger, url string, change ...func(*model.Command)) *Command {
	s.t.Helper()
	return s.Team(world.TeamName).Command(trigger, url, change...)
}

// Command is Server.Command for another team.
func (t *Team) Command(trigger, url string, change ...func(*model.Command)) *Command {
	s := t.mm
	s.t.Helper()
	s.notClosed()
	c := model.Command{TeamID: t.ID, Trigger: strings.TrimPrefix(trigger, "/"), URL: url, Method: model.CommandMethodPost, AutoComplete: true}
	for _, f := range change {
		s.given(f != nil, "change")
		f(&c)
	}
	made, err := s.world.AddCommand(s.Admin.ID, c)
	s.check(err, "making the command %q", trigger)
	return &Command{ID: made.ID, Trigger: made.Trigger, Token: made.Token}
}

// Run types a slash command, such as "/deploy prod", into a channel and returns
// what came of it: custom commands ask their integration as Mattermost would,
// built-in ones are answered by the server. In a direct channel the commands of
// the default team count.
//
// The test ends where there is no such command, and where the actor may not run
// it there.
func (a *Actor) Run(c *Channel, line string) *Answer {
	a.mm.t.Helper()
	a.mm.owns(c)
	return a.run(c.ID, "", line)
}

// RunIn is Run in the thread of a post.
func (a *Actor) RunIn(thread *Post, line string) *Answer {
	a.mm.t.Helper()
	a.mm.hasStill(thread)
	return a.run(thread.ChannelID, cmp.Or(thread.RootID, thread.ID), line)
}

func (a *Actor) run(channelID, rootID, line string) *Answer {
	s := a.mm
	s.t.Helper()
	c, err := s.world.Channel(a.session(), channelID)
	a.check(channelID, err, "%s running %s", a, line)
	a.isAt(channelID)
	a.does(Deed{Does: "runs", In: c.Name, What: line})
	team := cmp.Or(c.TeamID, s.Team(world.TeamName).ID)
	result, ex, err := s.outgoing.RunCommand(a.session(), model.CommandArgs{ChannelID: channelID, RootID: rootID, TeamID: team, Command: line})
	if err != nil && ex == nil {
		s.fail("%s running %s: %v%s%s", a, line, err, a.outside(channelID, err), s.commandsInstead(team, err))
	}
	a.told(err, "running %s", line)
	answer := (&Answer{Err: err}).asked(ex).did(a, result)
	if result != nil && result.Response.TriggerID != "" {
		answer.Dialog = a.dialogBy(result.Response.TriggerID)
	}
	return answer
}

// told puts into the test's log what the actor was told because an integration
// failed: a test that does not look at Answer.Err then shows why it fails later.
func (a *Actor) told(err error, doing string, args ...any) {
	a.mm.t.Helper()
	if err != nil {
		a.mm.log.printf("%s %s was told: %v", a, fmt.Sprintf(doing, args...), err)
	}
}

// did fills in what came of a command, as far as anything did.
func (a *Answer) did(by *Actor, result *world.CommandResult) *Answer {
	if result == nil {
		return a
	}
	a.GotoLocation = result.Response.GotoLocation
	for _, p := range result.Posts {
		a.Posts = append(a.Posts, by.mm.post(p))
	}
	for _, p := range result.Ephemerals {
		a.Ephemerals = append(a.Ephemerals, by.mm.shownTo(by.ID, p))
	}
	a.Post, a.Ephemeral = first(a.Posts), first(a.Ephemerals)
	return a
}

func first(list []*Post) *Post {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// commandsInstead names the custom commands that there are, where none was found.
func (s *Server) commandsInstead(teamID string, err error) string {
	if problem, ok := errors.AsType[*model.AppError](err); !ok || problem.StatusCode != http.StatusNotFound {
		return ""
	}
	list, _ := s.world.CustomCommands(s.Admin.session(), teamID)
	if len(list) == 0 {
		return "; the team has no commands of its own: make one with mm.Command"
	}
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = "/" + c.Trigger
	}
	return "; it has " + strings.Join(names, ", ")
}
