package mmfake

import (
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// An Answer is what came of something that an actor did and that an integration
// was asked about: a slash command, a click, a dialog.
type Answer struct {
	// Exchange is the request that the server made to the integration, with its
	// answer; nil where none was made, as for built-in commands.
	Exchange *recorder.Exchange
	// Status is the HTTP status that the integration answered with, 0 where it did
	// not answer, and Duration is how long it took.
	Status   int
	Duration time.Duration
	// Err is the error that the user was shown because the integration failed: a
	// *model.AppError, whose words say what the integration did. What the test
	// itself does wrong, such as running an unknown command, ends the test instead.
	Err error

	// Post is the post that was made, or updated, and that everybody in the channel
	// sees; nil where there was none. Posts are all of them, where an answer makes
	// several.
	Post  *Post
	Posts []*Post
	// Ephemeral is the message that only the actor sees, and Ephemerals are all of
	// them. It is not stored.
	Ephemeral  *Post
	Ephemerals []*Post
	// GotoLocation is the URL that the user's client opens, "" for none.
	GotoLocation string

	// Dialog is the dialog that the integration has opened for the user by the time
	// that it answers, or shows him next; nil where there is none. One that it opens
	// later is to be had from Actor.Dialog.
	Dialog *Dialog
	// DialogError is what a submitted dialog shows below its elements, and
	// FieldErrors what it shows at them, by their names. With either it stays open.
	DialogError string
	FieldErrors map[string]string
	// Options are what a lookup found for a dynamic menu.
	Options []model.DialogSelectOption
}

// asked fills in what an answer says about the request to the integration.
func (a *Answer) asked(ex *recorder.Exchange) *Answer {
	if ex != nil {
		a.Exchange, a.Status, a.Duration = ex, ex.Response.Status, ex.Duration
	}
	return a
}
