package rest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestRolesAreFoundByNameNamesAndID(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	user := alice.do("GET", "/api/v4/roles/name/channel_user", nil)
	assert.Contains(t, user.get("permissions").String(), `"create_post"`)
	assert.True(t, user.get("built_in").Bool())
	assert.JSONEq(t, string(user.Body), string(alice.do("GET", "/api/v4/roles/"+user.get("id").String(), nil).Body))

	some := alice.do("POST", "/api/v4/roles/names", []string{"team_user", "nothing", "system_admin"})
	assert.Equal(t, `["system_admin","team_user"]`, some.get("#.name").Raw)
	admin := some.get(`#(name=="system_admin").permissions`)
	for _, p := range user.get("permissions").Array() {
		assert.Contains(t, admin.String(), p.Raw, "an admin may do everything")
	}
	assert.Equal(t, 400, alice.do("POST", "/api/v4/roles/names", []string{}).Status)
	assert.Equal(t, "app.role.get_by_name.app_error", alice.do("GET", "/api/v4/roles/name/nothing", nil).problem())
	assert.Equal(t, "app.role.get.app_error", alice.do("GET", "/api/v4/roles/"+mm.Admin.ID, nil).problem())
}

func TestWhatClientsAskAtTheirStartHasAnAnswer(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for path, want := range map[string]string{
		"plugins/webapp": `[]`, "system/notices/" + dev.TeamID + "?client=web": `[]`, "redirect_location?url=http://x.test": `{"location":""}`,
		"redirect_location": `{"location":""}`,
	} {
		assert.JSONEq(t, want, string(alice.do("GET", "/api/v4/"+path, nil).Body), path)
	}
	for _, path := range []string{"limits/server", "usage/posts", "usage/storage", "config/client?format=old", "license/client?format=old"} {
		assert.Equal(t, 200, alice.do("GET", "/api/v4/"+path, nil).Status, path)
	}
	assert.Equal(t, "app.terms_of_service.get.no_rows.app_error", alice.do("GET", "/api/v4/terms_of_service", nil).problem())
	assert.Equal(t, 404, alice.do("GET", "/api/v4/brand/image", nil).Status)
}

func TestNoticesAreForTheClientsOfATeam(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	assert.Equal(t, "api.context.invalid_url_param.app_error", alice.do("GET", "/api/v4/system/notices/x?client=web", nil).problem())
	assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("GET", "/api/v4/system/notices/"+dev.TeamID+"?client=all", nil).problem())
}

func TestALinkToFollowIsNeededWhereLinksArePreviewed(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/config/patch", object{"ServiceSettings": object{"EnableLinkPreviews": true}}).Status)
	assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("GET", "/api/v4/redirect_location", nil).problem())
}

func TestTimezonesAreNamedAsInTheDatabase(t *testing.T) {
	alice, _ := aliceIn(t, mmfake.New(t))
	var names []string
	for _, name := range alice.do("GET", "/api/v4/system/timezones", nil).get("@this").Array() {
		names = append(names, name.String())
	}
	for _, name := range []string{"Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Tokyo"} {
		assert.True(t, slices.Contains(names, name), name)
	}
}

func TestAClientLogsWithASessionOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	entry := map[string]string{"level": "ERROR", "message": "oops"}
	assert.Equal(t, "oops", alice.do("POST", "/api/v4/logs", entry).get("message").String())
	assert.Equal(t, 403, clientOf(t, mm, nil).do("POST", "/api/v4/logs", entry).Status)
}

func TestAnalyticsCountWhatIsThere(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	posts := func() int64 {
		r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/analytics/old", nil)
		return gjson.GetBytes(r.Body, `#(name=="post_count").value`).Int()
	}
	before := posts()
	alice.do("POST", "/api/v4/posts", map[string]string{"channel_id": dev.ID, "message": "one more"})
	assert.Equal(t, before+1, posts())
}

func TestALogOfAClientIsAnsweredWithWhatTheServerKeeps(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	log := func(body any) reply { return alice.do("POST", "/api/v4/logs", body) }

	assert.Len(t, log(object{"level": "ERROR", "message": strings.Repeat("m", 500)}).get("message").String(), 399)
	assert.JSONEq(t, `{"message":""}`, string(log("no JSON").Body))
	assert.Equal(t, 403, clientOf(t, mm, nil).do("POST", "/api/v4/logs", object{}).Status)
}

func TestTheNumberOfPostsIsRounded(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	count := func() int64 {
		return clientOf(t, mm, alice).do("GET", "/api/v4/usage/posts", nil).get("count").Int()
	}

	for range 9 {
		alice.Post(dev, "hi")
	}
	assert.Zero(t, count())
	for range 4 {
		alice.Post(dev, "hi")
	}
	assert.EqualValues(t, 10, count())
}
