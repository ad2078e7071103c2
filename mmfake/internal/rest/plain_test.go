package rest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// assertReadAlike holds a body that is plain against what encoding/json makes of it.
func assertReadAlike(t *testing.T, body []byte) (plain bool) {
	t.Helper()
	if got, ok := plainPost(body); ok {
		var want model.Post
		require.NoError(t, json.Unmarshal(body, &want), "%q", body)
		assert.Equal(t, want, got, "%q", body)
		plain = true
	}
	if got, ok := plainHook(body); ok {
		var want model.IncomingWebhookRequest
		require.NoError(t, json.Unmarshal(body, &want), "%q", body)
		assert.Equal(t, want, got, "%q", body)
		plain = true
	}
	return plain
}

func TestAPlainBodyIsReadAsEncodingJSONReadsIt(t *testing.T) {
	for body, plain := range map[string]bool{
		`{"channel_id":"c","message":"m","root_id":"r","pending_post_id":"p","type":"custom_x"}`: true,
		`{"text":"t","username":"u","icon_url":"i","icon_emoji":":e:","channel":"#c"}`:           true,
		` { "message" : "two\nlines, \"quoted\" \\ \/ ü" } `:                                     true,
		`{"message":"first","message":"second"}`:                                                 true,
		`{}`:                                                                                     true,
		`{"text":"a \u00fc"}`:                                                                    false,
		`{"text":"` + "\xff" + `"}`:                                                              false,
		`{"text":"` + "\n" + `"}`:                                                                false,
		`{"TEXT":"t"}`:                                                                           false,
		`{"message":"m","create_at":1}`:                                                          false,
		`{"message":null}`:                                                                       false,
		`{"message":"m"} {"message":"n"}`:                                                        false,
		`{"message":"m","props":{"a":"b"}}`:                                                      false,
		`{"message":"m"`:                                                                         false,
		`"message"`:                                                                              false,
		`["message","m"]`:                                                                        false,
		`null`:                                                                                   false,
		``:                                                                                       false,
	} {
		assert.Equal(t, plain, assertReadAlike(t, []byte(body)), "%q", body)
	}
}

func FuzzPlainBodies(f *testing.F) {
	for _, body := range []string{
		`{"channel_id":"c","message":"m"}`, `{"text":"\ud800\n"}`, `{"text":"a","text":""}`, "{\"text\":\"\x80\"}", `{"":""}`, `{"text\n":"a"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) { assertReadAlike(t, body) })
}
