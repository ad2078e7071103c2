package main

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const address = "http://deploybot.test"

// A stage is a server with the bot, and with alice who uses it.
type stage struct {
	*mmfake.Server
	is    *assertions.Assertions
	dev   *mmfake.Channel
	alice *mmfake.Actor
	robot *mmfake.Actor
	bot   *bot
}

func newStage(t *testing.T) *stage {
	mm := mmfake.New(t)
	s := &stage{Server: mm, is: assertions.Require(t, mm), dev: mm.Channel("dev")}
	s.alice, s.robot = mm.User("alice", s.dev), mm.Bot("deploybot", s.dev)
	s.bot = &bot{
		mattermost: client{url: mm.URL, token: s.robot.Token}, url: address, secret: "open sesame",
		token:  mm.Command("/deploy", address+"/command").Token,
		deploy: func(context.Context, string, string) error { return nil },
	}
	mm.Mount(address, s.bot.handler())
	t.Cleanup(s.bot.running.Wait)
	return s
}

// ask runs the command and returns the post with the buttons.
func (s *stage) ask(t *testing.T) *mmfake.Post {
	t.Helper()
	answer := s.alice.Run(s.dev, "/deploy prod")
	require.NotNil(t, answer.Ephemeral)
	require.Equal(t, "Asked for approval.", answer.Ephemeral.Message)
	return s.is.Posted(mmfake.In(s.dev), mmfake.By(s.robot), mmfake.Text("@alice wants to deploy to prod"))
}

// outcome waits for what alice is told at the end.
func (s *stage) outcome(text string) {
	s.is.Exchanged(1, recorder.Route("POST /hooks/commands/{id}"), recorder.JSON("text", text), recorder.Status(200))
}

func TestWhatIsApprovedIsDeployed(t *testing.T) {
	s := newStage(t)
	form := s.alice.Click(s.ask(t), "Approve").Dialog
	require.Equal(t, "Deploy to prod", form.Title)
	s.alice.Submit(form, mmfake.Fields{"reason": "release 1.4"})

	post := s.is.Posted(mmfake.In(s.dev), mmfake.By(s.robot), mmfake.Text("deploying to prod: release 1.4"))
	assert.Empty(t, post.Buttons())
	s.outcome("deployed to prod: release 1.4")
	assert.Len(t, s.dev.Posts(), 1)
}

func TestWhatIsRejectedIsNot(t *testing.T) {
	s := newStage(t)
	answer := s.alice.Click(s.ask(t), "Reject")
	assert.Equal(t, "@alice does not want prod deployed", answer.Post.Message)
	assert.Empty(t, answer.Post.Buttons())
	assert.Nil(t, answer.Dialog)
}

func TestADeploymentNeedsARelease(t *testing.T) {
	s := newStage(t)
	form := s.alice.Click(s.ask(t), "Approve").Dialog
	answer := s.alice.Submit(form, mmfake.Fields{"reason": "because"})
	assert.Equal(t, map[string]string{"reason": "Name the release, such as 1.4."}, answer.FieldErrors)
	s.alice.Submit(form, mmfake.Fields{"reason": "1.4, because"})
	s.outcome("deployed to prod: 1.4, because")
}

func TestWhoAskedIsToldThatItFailed(t *testing.T) {
	s := newStage(t)
	s.bot.deploy = func(context.Context, string, string) error { return errors.New("disk full") }
	s.alice.Submit(s.alice.Click(s.ask(t), "Approve").Dialog, mmfake.Fields{"reason": "1.4"})
	s.outcome("deploying to prod failed: disk full")
}

func TestTheCommandSaysHowItIsUsed(t *testing.T) {
	s := newStage(t)
	for _, line := range []string{"/deploy", "/deploy mars"} {
		assert.Equal(t, "Usage: /deploy staging|prod", s.alice.Run(s.dev, line).Ephemeral.Message)
	}
	assert.Empty(t, s.dev.Posts())
}

func TestTheBotSaysThatItIsNotInTheChannel(t *testing.T) {
	s := newStage(t)
	ops := s.Channel("ops")
	answer := s.User("alice", ops).Run(ops, "/deploy prod")
	assert.Contains(t, answer.Ephemeral.Message, "403 Forbidden")
	assert.Contains(t, answer.Ephemeral.Message, "Is @deploybot in this channel?")
}

func TestOnlyMattermostMayAsk(t *testing.T) {
	s := newStage(t)
	command := s.alice.Run(s.dev, "/deploy prod").Exchange
	ask := s.is.Posted(mmfake.By(s.robot))
	form := s.alice.Click(ask, "Approve").Dialog
	for name, answer := range map[string]*mmfake.Answer{
		"another token":    s.Replay(command, mmfake.ChangeField("token", "guessed")),
		"no token":         s.Replay(command, mmfake.DropField("token")),
		"another secret":   s.CallAction(s.alice, ask, "Approve", mmfake.ChangeField("context.secret", "guessed")),
		"no context":       s.CallAction(s.alice, ask, "Approve", mmfake.DropField("context")),
		"half a click":     s.CallAction(s.alice, ask, "Approve", mmfake.CutShort(20)),
		"another state":    s.CallDialog(form, mmfake.Fields{"reason": "1.4"}, mmfake.ChangeField("state", "e30.e30")),
		"half a signature": s.CallDialog(form, mmfake.Fields{"reason": "1.4"}, mmfake.ChangeField("state", form.State[:len(form.State)-4])),
	} {
		assert.Equal(t, 401, answer.Status, name)
	}
	assert.Len(t, s.dev.Posts(), 1)
}

func TestAnyDialogStateIsTakenOrRefused(t *testing.T) {
	wish := request{Environment: "prod", By: "alice", PostID: "p"}
	back, err := unseal(seal(wish, "a"), "a")
	require.NoError(t, err)
	assert.Equal(t, wish, back)
	for _, state := range []string{"", ".", "%.%", seal(wish, "b"), seal(wish, "a") + "x"} {
		_, err := unseal(state, "a")
		assert.ErrorIs(t, err, errState, state)
	}
}
