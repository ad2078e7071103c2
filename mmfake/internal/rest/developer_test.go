package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAServerInDeveloperModeTellsWhatIsMissing(t *testing.T) {
	for developer, detail := range map[bool]string{true: "permission=manage_system", false: ""} {
		mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableDeveloper = developer }))
		actor := mm.User("alice")
		if developer {
			detail = "userId=" + actor.ID + ", " + detail
		}

		r := clientOf(t, mm, actor).do("GET", "/api/v4/users/tokens", nil)

		assert.Equal(t, detail, r.get("detailed_error").String())
	}
}

func TestAServerInDeveloperModeTellsWhyThereIsNoSession(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableDeveloper = true }))
	nobody := clientOf(t, mm, nil)
	token := mm.User("alice").Token

	assert.Equal(t, "UserRequired", nobody.do("GET", "/api/v4/users/me", nil).get("detailed_error").String())
	assert.Equal(t, "token=unknown", nobody.do("GET", "/api/v4/users/me", nil, "Authorization", "Bearer unknown").get("detailed_error").String())
	csrf := nobody.do("POST", "/api/v4/users/ids", []string{"x"}, "Cookie", "MMAUTHTOKEN="+token)
	assert.Equal(t, "token="+token+" Appears to be a CSRF attempt", csrf.get("detailed_error").String())
}

func TestAServerInDeveloperModeTellsWhyAWebhookFails(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableDeveloper = true }))
	hook := mm.IncomingWebhook(mm.Channel("dev"))

	r := clientOf(t, mm, nil).do("POST", "/hooks/"+hook.ID, object{"text": "hi", "channel": "nowhere"})

	assert.Equal(t, "web.incoming_webhook.general.app_error", r.get("id").String())
	assert.Equal(t, "web.incoming_webhook.channel.app_error", r.get("detailed_error").String())
}
