package outgoing_test

import (
	"net/http"
	"path"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/outgoing"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A desk is a world with somebody who types commands into its town-square.
type desk struct {
	world   *world.World
	client  *outgoing.Client
	journal *recorder.Journal
	user    *world.Session
	channel *model.Channel
}

func newDesk(t *testing.T) *desk {
	config := world.DefaultConfig()
	config.SiteURL = "http://mm.test"
	d := &desk{world: world.New(config), journal: recorder.NewJournal(recorder.Limits{})}
	var err error
	d.user = d.world.Populate()
	d.client = outgoing.New(d.world, d.journal, outgoing.Options{})
	t.Cleanup(func() { d.client.Close() })
	team, err := d.world.TeamByName(d.user, world.TeamName)
	require.NoError(t, err)
	d.channel, err = d.world.ChannelByName(d.user, team.ID, model.DefaultChannel, false)
	require.NoError(t, err)
	_, err = d.world.AddCommand(d.user.UserID, model.Command{TeamID: team.ID, Trigger: "ask", URL: "http://bot.test", Method: model.CommandMethodPost})
	require.NoError(t, err)
	require.NoError(t, d.client.Mount("http://bot.test", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	return d
}

func (d *desk) run(t *testing.T, line string) (*world.CommandResult, *recorder.Exchange) {
	result, ex, err := d.client.RunCommand(d.user, model.CommandArgs{ChannelID: d.channel.ID, Command: line})
	require.NoError(t, err)
	return result, ex
}

// messages are what people have posted.
func (d *desk) messages() []string {
	var list []string
	for _, p := range d.world.AllPosts(func(string) bool { return true }) {
		if !p.IsSystem() {
			list = append(list, p.Message)
		}
	}
	return list
}

func TestAResponseURLLivesForHalfAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		_, ex := d.run(t, "/ask")
		id := path.Base(ex.Request.Get("response_url").String())
		answer := func() error {
			_, err := d.world.AnswerCommandLater(id, &model.CommandResponse{ResponseType: model.CommandResponseInChannel, Text: "late"})
			return err
		}
		time.Sleep(29 * time.Minute)
		assert.NoError(t, answer())
		time.Sleep(2 * time.Minute)
		assert.ErrorContains(t, answer(), "older than 30 minutes")
		assert.Equal(t, []string{"late"}, d.messages())
	})
}

func TestOnlyTheLatestTenThousandResponseURLsAreKept(t *testing.T) {
	d := newDesk(t)
	_, first := d.run(t, "/ask")
	_, second := d.run(t, "/ask")
	for range 9_999 {
		d.run(t, "/ask")
	}
	for ex, want := range map[*recorder.Exchange]bool{first: false, second: true} {
		_, err := d.world.AnswerCommandLater(path.Base(ex.Request.Get("response_url").String()), &model.CommandResponse{})
		assert.Equal(t, want, err == nil, "%v", err)
	}
}

func TestEchoWaitsAsLongAsItIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		result, ex := d.run(t, `/echo "in a minute" 60`)
		assert.Nil(t, ex)
		assert.Equal(t, &model.CommandResponse{}, result.Response)
		d.run(t, "/echo at 5 o'clock")
		d.run(t, "/echo after ten 10")
		synctest.Wait()
		assert.Equal(t, []string{"at 5 o'clock"}, d.messages())
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		assert.Equal(t, []string{"at 5 o'clock", "after ten"}, d.messages())
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Equal(t, []string{"at 5 o'clock", "after ten", "in a minute"}, d.messages())
	})
}

func TestCloseForgetsWhatEchoWasToPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.run(t, `/echo "later" 60`)
		start := time.Now()
		assert.Empty(t, d.client.Close())
		assert.Zero(t, time.Since(start), "it does not wait for it")
		time.Sleep(2 * time.Minute)
		assert.Empty(t, d.messages())
	})
}

func TestOnlyTwoHundredEchoesWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for i := range 200 {
			result, _ := d.run(t, "/echo "+strconv.Itoa(i)+" 30")
			require.Empty(t, result.Ephemerals)
		}
		result, _ := d.run(t, "/echo more 30")
		require.Len(t, result.Ephemerals, 1)
		time.Sleep(time.Minute)
		result, _ = d.run(t, "/echo more 30")
		assert.Empty(t, result.Ephemerals)
	})
}
