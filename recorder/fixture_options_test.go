package recorder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAllHostsOfTheServerHaveOneName(t *testing.T) {
	session := []*recorder.Exchange{saying(`{"from":"http://127.0.0.1:8066/x","to":"https://chat.example.com/x","other":"http://127.0.0.1:9000"}`)}
	f, err := recorder.NewFixture(session, recorder.Site("http://127.0.0.1:8066", "https://chat.example.com"))
	require.NoError(t, err)
	for _, shown := range []string{`"from": "http://{host.site}/x"`, `"to": "https://{host.site}/x"`, `"other": "http://{host.1}"`} {
		assert.Contains(t, string(f.Bytes()), shown)
	}
	assert.Equal(t, []string{"host.1", "host.site"}, f.Names())
	_, err = recorder.ParseFixture("s.json", f.Bytes())
	assert.NoError(t, err)
}

func TestTheNameOfAnotherHostIsNotTheServers(t *testing.T) {
	for site, texts := range map[string][2]string{
		"https://example.com":    {"https://example.com, example.com and %2F%2fexample.com/x are it", "chat-example.com, chat.example.com, example.com.org and example.com:8443 are not, xexample.com neither"},
		"http://mattermost":      {"http://mattermost/x is it", "mattermost, mattermost.com and http://mattermost.com are not"},
		"http://mattermost:8065": {"mattermost:8065 is it", "mattermost and mattermost:80651 are not"},
	} {
		f, err := recorder.NewFixture([]*recorder.Exchange{saying(`{"is":"` + texts[0] + `","not":"` + texts[1] + `"}`)}, recorder.Site(site))
		require.NoError(t, err)
		host := strings.TrimPrefix(strings.TrimPrefix(site, "https://"), "http://")
		shown := recorder.Message{Body: f.Bytes()}
		assert.Equal(t, strings.ReplaceAll(texts[0], host, "{host.site}"), shown.Get("exchanges.0.request.json.is").String())
		assert.Equal(t, texts[1], shown.Get("exchanges.0.request.json.not").String())
	}
}

func TestASiteThatIsNoURLIsRefused(t *testing.T) {
	_, err := recorder.NewFixture(nil, recorder.Site("http://a.test", "a.test"))
	assert.ErrorContains(t, err, `the site "a.test" is no URL`)
}

func TestWhatFollowedIsShownIfAskedFor(t *testing.T) {
	ex := saying(`{}`)
	ex.Followed = []string{"posted in ~dev: done"}
	for _, c := range []struct {
		options  []recorder.FixtureOption
		followed []string
	}{{nil, nil}, {[]recorder.FixtureOption{recorder.KeepFollowed()}, ex.Followed}} {
		f, err := recorder.NewFixture([]*recorder.Exchange{ex}, c.options...)
		require.NoError(t, err)
		assert.Equal(t, c.followed, f.Exchanges()[0].Followed)
	}
}

func TestActorsAreNamedLater(t *testing.T) {
	known, unknown := saying(`{"n":1}`), saying(`{"n":2}`)
	known.Actor = "alice"
	f, err := recorder.NewFixture([]*recorder.Exchange{known, unknown}, recorder.Actors(func(ex *recorder.Exchange) string {
		assert.Same(t, unknown, ex, "nobody asks for the others")
		return "bob"
	}))
	require.NoError(t, err)
	assert.Equal(t, "alice", f.Exchanges()[0].Actor)
	assert.Equal(t, "bob", f.Exchanges()[1].Actor)
	assert.Empty(t, unknown.Actor, "an exchange is not changed")
}
