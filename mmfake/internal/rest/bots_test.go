package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// newBot makes a bot over HTTP, as an admin, and returns its id.
func newBot(t testing.TB, mm *mmfake.Server, name string) string {
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/bots", object{"username": name})
	require.Equal(t, 201, r.Status, "%s", r.Body)
	return r.get("user_id").String()
}

func TestWhereBotsAreOffNobodyMakesOne(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableBotAccountCreation = false }))

	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/bots", object{"username": "robot"})

	assert.Equal(t, 403, r.Status)
	assert.Equal(t, "api.bot.create_disabled", r.problem())
}

func TestANewBotGreetsItsOwner(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	id := newBot(t, mm, "robot")

	direct := admin.do("POST", "/api/v4/channels/direct", []string{id, mm.Admin.ID}).get("id").String()
	posts := admin.do("GET", "/api/v4/channels/"+direct+"/posts", nil)

	assert.Equal(t, "add_bot_teams_channels", posts.get("posts."+posts.get("order.0").String()+".type").String())
	assert.Equal(t, "[]", string(admin.do("GET", "/api/v4/users/"+id+"/teams", nil).Body[:2]), "it is in no team")
}

func TestABotIsRenamedWithItsUser(t *testing.T) {
	mm := mmfake.New(t)
	admin, id := clientOf(t, mm, mm.Admin), newBot(t, mm, "robot")

	r := admin.do("PUT", "/api/v4/bots/"+id, object{"username": "Robo", "description": "Does things"})
	require.Equal(t, 200, r.Status, "%s", r.Body)

	u := admin.do("GET", "/api/v4/users/"+id, nil)
	assert.Equal(t, "robo", u.get("username").String())
	assert.Equal(t, "robo@localhost", u.get("email").String())
	assert.Equal(t, "Does things", u.get("bot_description").String())
	assert.Equal(t, 404, admin.do("GET", "/api/v4/users/username/robot", nil).Status)
}

func TestAUserIsRenamedWithItsBot(t *testing.T) {
	mm := mmfake.New(t)
	admin, id := clientOf(t, mm, mm.Admin), newBot(t, mm, "robot")

	admin.do("PUT", "/api/v4/users/"+id+"/patch", object{"username": "robo", "first_name": "Robo"})

	b := admin.do("GET", "/api/v4/bots/"+id, nil)
	assert.Equal(t, "robo", b.get("username").String())
	assert.Equal(t, "Robo", b.get("display_name").String())
}

func TestABotsFieldsHaveLimits(t *testing.T) {
	mm := mmfake.New(t)
	admin, id := clientOf(t, mm, mm.Admin), newBot(t, mm, "robot")
	for problem, patch := range map[string]object{
		"model.user.is_valid.username.app_error":   {"username": "system"}, // the bot's user is changed first
		"model.bot.is_valid.description.app_error": {"description": strings.Repeat("x", 1025)},
		"model.user.is_valid.first_name.app_error": {"display_name": strings.Repeat("x", 65)},
		"app.user.save.username_exists.app_error":  {"username": "user-1"},
		"api.context.invalid_body_param.app_error": {"username": 7},
	} {
		r := admin.do("PUT", "/api/v4/bots/"+id, patch)
		assert.Equal(t, 400, r.Status, problem)
		assert.Equal(t, problem, r.problem())
	}
}

func TestBotsAreListedPageAfterPage(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	for _, name := range []string{"robot-c", "robot-a", "robot-b"} {
		newBot(t, mm, name)
	}
	disabled := newBot(t, mm, "robot-d")
	require.Equal(t, 200, admin.do("POST", "/api/v4/bots/"+disabled+"/disable", nil).Status)

	assert.Equal(t, []string{"robot-c", "robot-a"}, names(admin.do("GET", "/api/v4/bots?per_page=2", nil), "#.username"))
	assert.Equal(t, []string{"robot-b"}, names(admin.do("GET", "/api/v4/bots?per_page=2&page=1", nil), "#.username"))
	assert.Empty(t, names(admin.do("GET", "/api/v4/bots?per_page=2&page=2", nil), "#.username"))
	assert.Len(t, names(admin.do("GET", "/api/v4/bots?include_deleted=true&per_page=100000000", nil), "#.username"), 4)
}

func TestADisabledBotCanDoNothingUntilItIsEnabled(t *testing.T) {
	mm := mmfake.New(t)
	admin, robot := clientOf(t, mm, mm.Admin), mm.Bot("robot")
	bot := clientOf(t, mm, robot)

	off := admin.do("POST", "/api/v4/bots/"+robot.ID+"/disable", nil)
	assert.NotZero(t, off.get("delete_at").Int())
	assert.Equal(t, 401, bot.do("GET", "/api/v4/users/me", nil).Status)
	on := admin.do("POST", "/api/v4/bots/"+robot.ID+"/enable", nil)
	assert.Zero(t, on.get("delete_at").Int())
	assert.Equal(t, 200, bot.do("GET", "/api/v4/users/me", nil).Status)
}

func TestABotDoesNotOwnAnother(t *testing.T) {
	mm := mmfake.New(t)
	one, other := newBot(t, mm, "robot-1"), newBot(t, mm, "robot-2")

	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/bots/"+one+"/assign/"+other, nil)

	assert.Equal(t, 403, r.Status)
}

func TestWhatABotPostsSaysSo(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := clientOf(t, mm, mm.Bot("robot", dev))

	r := robot.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": "beep", "props": object{"from_bot": "false"}})

	assert.Equal(t, "true", r.get("props.from_bot").String())
}

func TestABotBecomesAPersonWhoLogsIn(t *testing.T) {
	mm := mmfake.New(t)
	admin, robot := clientOf(t, mm, mm.Admin), mm.Bot("robot")
	path := "/api/v4/bots/" + robot.ID + "/convert_to_user"
	require.Equal(t, 400, admin.do("POST", path, object{"email": "robot@example.com"}).Status, "he needs a password")
	require.Equal(t, 403, clientOf(t, mm, mm.User("alice")).do("POST", path, object{"password": "Passw0rd!"}).Status)

	r := admin.do("POST", path+"?set_system_admin=true", object{"email": "robot@example.com", "password": "Passw0rd!"})

	assert.Equal(t, 200, r.Status, "%s", r.Body)
	assert.Equal(t, "system_user system_admin", r.get("roles").String())
	assert.False(t, r.get("is_bot").Bool())
	assert.Equal(t, 200, logIn(t, mm, "robot@example.com", "Passw0rd!").Status)
	assert.Equal(t, 404, admin.do("GET", "/api/v4/bots/"+robot.ID, nil).Status)
}

func TestAPersonBecomesABotThatCannotLogIn(t *testing.T) {
	mm := mmfake.New(t)
	alice, admin := mm.User("alice"), clientOf(t, mm, mm.Admin)
	path := "/api/v4/users/" + alice.ID + "/convert_to_bot"
	require.Equal(t, 403, clientOf(t, mm, alice).do("POST", path, nil).Status)

	r := admin.do("POST", path, nil)

	assert.Equal(t, alice.ID, r.get("user_id").String())
	assert.Equal(t, alice.ID, r.get("owner_id").String())
	assert.Equal(t, "alice", r.get("display_name").String())
	assert.Empty(t, admin.do("GET", "/api/v4/bots/"+alice.ID, nil).get("display_name").String(), "what is kept is the first name")
	assert.Equal(t, "api.user.login.bot_login_forbidden.app_error", logIn(t, mm, "alice", alice.Password).problem())
	assert.True(t, admin.do("GET", "/api/v4/users/"+alice.ID, nil).get("is_bot").Bool())
}

func TestABotHasAnIcon(t *testing.T) {
	mm := mmfake.New(t)
	robot := mm.Bot("robot")
	admin, path := clientOf(t, mm, mm.Admin), "/api/v4/bots/"+robot.ID+"/icon"
	svg := `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`

	assert.Equal(t, 404, admin.do("GET", path, nil).Status)
	assert.Equal(t, 400, admin.form(path, part{"image", "icon.svg", "<html/>"}).Status)
	assert.Equal(t, "api.bot.set_bot_icon_image.no_file.app_error", admin.form(path, part{"icon", "icon.svg", svg}).problem())
	require.Equal(t, 200, admin.form(path, part{"image", "icon.svg", svg}).Status)
	r := admin.do("GET", path, nil)
	assert.Equal(t, "image/svg+xml", r.Header.Get("Content-Type"))
	assert.Equal(t, svg, string(r.Body))
	assert.NotZero(t, admin.do("GET", "/api/v4/users/"+robot.ID, nil).get("bot_last_icon_update").Int())
	require.Equal(t, 200, admin.do("DELETE", path, nil).Status)
	assert.Equal(t, 404, admin.do("GET", path, nil).Status)
	assert.Equal(t, 404, clientOf(t, mm, mm.User("alice")).form(path, part{"image", "icon.svg", svg}).Status)
}

func TestANewBotsNameIsLowerCaseAlready(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	assert.Equal(t, "model.bot.is_valid.username.app_error", admin.do("POST", "/api/v4/bots", object{"username": "Robot2"}).problem())
}

func TestANewBotIsToldToItsOwnerOnly(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))
	own, others := admin.listen(), alice.listen()

	newBot(t, mm, "robot")
	require.Equal(t, 201, admin.do("POST", "/api/v4/users", object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!"}).Status)

	greeting := gjson.Parse(own("posted").Get("data.post").String())
	assert.Equal(t, "add_bot_teams_channels", greeting.Get("type").String())
	assert.Equal(t, "true", greeting.Get("props.from_bot").String())
	dora := others("new_user").Get("data.user_id").String()
	assert.Equal(t, "dora", admin.do("GET", "/api/v4/users/"+dora, nil).get("username").String(), "the first that alice hears of")
}

func TestABotThatIsDeactivatedAsAUserCountsAsEnabled(t *testing.T) {
	for _, version := range []string{"11.6", "5.36"} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin := clientOf(t, mm, mm.Admin)
		bot := "/api/v4/bots/" + admin.do("POST", "/api/v4/bots", object{"username": "robot"}).get("user_id").String()
		user := strings.Replace(bot, "bots", "users", 1)
		require.Equal(t, 200, admin.do("PUT", user+"/active", object{"active": false}).Status, version)

		assert.Zero(t, admin.do("GET", bot, nil).get("delete_at").Int(), version)
		assert.NotZero(t, admin.do("GET", user, nil).get("delete_at").Int(), version)
		assert.NotZero(t, admin.do("POST", bot+"/disable", nil).get("delete_at").Int(), version)
		assert.Equal(t, 404, admin.do("GET", bot, nil).Status, version)
		assert.Zero(t, admin.do("POST", bot+"/enable", nil).get("delete_at").Int(), version)
		assert.Zero(t, admin.do("GET", user, nil).get("delete_at").Int(), version)
	}
}
