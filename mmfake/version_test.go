package mmfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// sendTo sends a request to a server and returns the answer with its body.
func sendTo(t *testing.T, mm *mmfake.Server, method, path, token, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, mm.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(text)
}

// keysOf are the keys of a JSON object.
func keysOf(t *testing.T, object string) map[string]any {
	t.Helper()
	keys := map[string]any{}
	require.NoError(t, json.Unmarshal([]byte(object), &keys), object)
	return keys
}

func TestAServerReportsTheVersionThatItIsAskedFor(t *testing.T) {
	for version, want := range map[string]string{"5.0": "5.0.0.", "9.11.2": "9.11.2.", "11.6": "11.6.0."} {
		answer, _ := sendTo(t, mmfake.New(t, mmfake.Version(version)), "GET", "/api/v4/system/ping", "", "")
		assert.True(t, strings.HasPrefix(answer.Header.Get("X-Version-Id"), want), answer.Header.Get("X-Version-Id"))
	}
}

func TestAPostHasTheKeysOfItsVersion(t *testing.T) {
	for version, want := range map[string]struct{ has, lacks []string }{
		"5.0":  {[]string{"parent_id"}, []string{"metadata", "reply_count", "file_ids", "is_following", "remote_id"}},
		"5.6":  {[]string{"parent_id", "metadata"}, []string{"reply_count", "file_ids"}},
		"5.36": {[]string{"parent_id", "metadata", "reply_count", "is_following"}, []string{"file_ids", "remote_id"}},
		"6.0":  {[]string{"metadata", "reply_count", "remote_id"}, []string{"parent_id", "is_following", "file_ids"}},
		"10.5": {[]string{"metadata", "reply_count", "file_ids", "remote_id"}, []string{"parent_id", "is_following"}},
		"11.6": {[]string{"metadata", "reply_count", "file_ids", "remote_id"}, []string{"parent_id", "is_following"}},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice := mm.User("alice", mm.Channel("dev"))
		_, body := sendTo(t, mm, "POST", "/api/v4/posts", alice.Token, `{"channel_id":"`+mm.Channel("dev").ID+`","message":"hi"}`)
		keys := keysOf(t, body)
		for _, key := range want.has {
			assert.Contains(t, keys, key, version)
		}
		for _, key := range want.lacks {
			assert.NotContains(t, keys, key, version)
		}
	}
}

func TestAWebhooksErrorsAreThoseOfTheVersion(t *testing.T) {
	send := func(version string) (*http.Response, string) {
		mm := mmfake.New(t, mmfake.Version(version))
		return sendTo(t, mm, "POST", "/hooks/"+strings.Repeat("q", 26), "", `{"text":"hi"}`)
	}
	answer, body := send("5.0")
	assert.Equal(t, "text/html", answer.Header.Get("Content-Type"))
	assert.Equal(t, http.StatusBadRequest, answer.StatusCode)
	assert.Contains(t, body, "There is no incoming webhook with that id.")
	answer, body = send("5.36")
	assert.Equal(t, "application/json", answer.Header.Get("Content-Type"))
	assert.Equal(t, "web.incoming_webhook.invalid.app_error", keysOf(t, body)["id"])
	_, body = send("11.6")
	assert.Equal(t, "web.incoming_webhook.general.app_error", keysOf(t, body)["id"])
}

func TestAnErrorHasTheIDOfItsVersion(t *testing.T) {
	for version, id := range map[string]string{"5.0": "store.sql_post.get.app_error", "5.27": "store.sql_post.get.app_error", "5.28": "app.post.get.app_error", "11.6": "app.post.get.app_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		_, body := sendTo(t, mm, "GET", "/api/v4/posts/"+strings.Repeat("q", 26), mm.Admin.Token, "")
		assert.Equal(t, id, keysOf(t, body)["id"], version)
	}
}

func TestAnEndpointOfALaterVersionIsUnknown(t *testing.T) {
	for version, status := range map[string]int{"5.9": 404, "5.10": 200} {
		mm := mmfake.New(t, mmfake.Version(version), mmfake.Lenient())
		answer, body := sendTo(t, mm, "GET", "/api/v4/bots", mm.Admin.Token, "")
		assert.Equal(t, status, answer.StatusCode, "%s: %s", version, body)
	}
}

func TestAWordOfALaterVersionIsAnIDInAnOldOne(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	answer, body := sendTo(t, mm, "GET", "/api/v4/users/known", mm.Admin.Token, "")
	assert.Equal(t, http.StatusBadRequest, answer.StatusCode)
	assert.Equal(t, "api.context.invalid_url_param.app_error", keysOf(t, body)["id"])
}

func TestATestLearnsThatItsVersionHasNoSuchEndpoint(t *testing.T) {
	tb := &recordingTB{TB: t}
	mm := mmfake.New(tb, mmfake.Version("5.0"))
	sendTo(t, mm, "GET", "/api/v4/bots", mm.Admin.Token, "")
	tb.cleanup()
	require.Len(t, tb.errors, 1)
	assert.Contains(t, tb.errors[0], "GET /api/v4/bots is an endpoint since Mattermost 5.10, and the fake behaves as 5.0.0")
}

func TestOldVersionsTellEverybodyWhomAPostMentions(t *testing.T) {
	for version, want := range map[string]bool{"5.36": true, "8.1": true, "9.11": false, "11.6": false} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice, bob, carol := mm.User("alice", dev), mm.User("bob", dev), mm.User("carol", dev)
		watch := listen(t, mm, carol)
		alice.Post(dev, "hello @bob")
		data := watch.next(model.EventPosted).Data
		if want {
			assert.JSONEq(t, `["`+bob.ID+`"]`, data["mentions"].(string), version)
		} else {
			assert.NotContains(t, data, "mentions", version)
		}
	}
}
