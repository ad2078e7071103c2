package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestPreferencesAreListedByCategoryAndName(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	pref := func(category, name, value string) object {
		return object{"user_id": actor.ID, "category": category, "name": name, "value": value}
	}
	r := alice.do("PUT", "/api/v4/users/me/preferences", []object{pref("b", "y", "1"), pref("b", "x", "2"), pref("a", "z", "3")})
	require.Equal(t, 200, r.Status, "%s", r.Body)

	assert.Equal(t, []string{"x", "y"}, names(alice.do("GET", "/api/v4/users/me/preferences/b", nil), "#.name"))
	all := alice.do("GET", "/api/v4/users/me/preferences", nil)
	assert.Equal(t, []string{"z", "x", "y"}, names(all, "#.name")[:3], "those of a new user follow")
}

func TestPreferencesAreStoredAllOrNone(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	good := object{"user_id": actor.ID, "category": "a", "name": "x", "value": "1"}
	for problem, bad := range map[string]object{
		"model.preference.is_valid.category.app_error": {"category": "", "name": "x"},
		"model.preference.is_valid.name.app_error":     {"category": "a", "name": strings.Repeat("x", 33)},
		"model.preference.is_valid.value.app_error":    {"category": "a", "name": "x", "value": strings.Repeat("x", 20_001)},
		"model.preference.is_valid.theme.app_error":    {"category": "theme", "name": "", "value": "dark"},
		"api.context.invalid_body_param.app_error":     {"category": "flagged_post", "name": "aaaaaaaaaaaaaaaaaaaaaaaaaa", "value": "true"},
	} {
		bad["user_id"] = actor.ID
		r := alice.do("PUT", "/api/v4/users/me/preferences", []object{good, bad})
		assert.Equal(t, 400, r.Status, problem)
		assert.Equal(t, problem, r.problem())
	}
	assert.Equal(t, 404, alice.do("GET", "/api/v4/users/me/preferences/a", nil).Status)
}

func TestAHundredPreferencesAreSetAtOnceAndNoMore(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	for n, status := range map[int]int{0: 400, 100: 200, 101: 400} {
		list := []object{}
		for i := range n {
			list = append(list, object{"user_id": actor.ID, "category": "a", "name": fmt.Sprint(i), "value": "1"})
		}
		assert.Equal(t, status, alice.do("PUT", "/api/v4/users/me/preferences", list).Status, n)
	}
}

func TestAPostOfAClosedChannelCannotBeSaved(t *testing.T) {
	mm := mmfake.New(t)
	admin, actor := clientOf(t, mm, mm.Admin), mm.User("alice")
	secret := admin.do("POST", "/api/v4/channels", object{"team_id": mm.Channel("dev").TeamID, "name": "secret", "display_name": "Secret", "type": "P"})
	post := admin.do("POST", "/api/v4/posts", object{"channel_id": secret.get("id").String(), "message": "between us"})
	require.Equal(t, 201, post.Status)

	r := clientOf(t, mm, actor).do("PUT", "/api/v4/users/me/preferences", []object{{"user_id": actor.ID, "category": "flagged_post", "name": post.get("id").String(), "value": "true"}})

	assert.Equal(t, 403, r.Status)
}

func TestNobodyTouchesThePreferencesOfAnother(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")
	list := []object{{"user_id": alice.ID, "category": "a", "name": "x", "value": "1"}}

	assert.Equal(t, 403, clientOf(t, mm, bob).do("PUT", "/api/v4/users/"+alice.ID+"/preferences", list).Status)
	mine := clientOf(t, mm, bob).do("POST", "/api/v4/users/me/preferences/delete", list)
	assert.Equal(t, "api.preference.delete_preferences.delete.app_error", mine.problem())
	assert.Equal(t, 200, clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+alice.ID+"/preferences", list).Status)
}

func TestOldVersionsBoundPreferencesByTheirLengthAlone(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)

	assert.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/preferences", []object{}).Status)
	long := []object{{"user_id": actor.ID, "category": "a", "name": "x", "value": strings.Repeat("x", 2_001)}}
	assert.Equal(t, "model.preference.is_valid.value.app_error", alice.do("PUT", "/api/v4/users/me/preferences", long).problem())
}

func TestANewUserHasThePreferencesOfTheVersion(t *testing.T) {
	for version, want := range map[string]int{"11.6": 3, "5.36": 1, "5.0": 1} {
		mm := mmfake.New(t, mmfake.Version(version))

		r := clientOf(t, mm, mm.User("alice")).do("GET", "/api/v4/users/me/preferences", nil)

		assert.Len(t, r.get("@this").Array(), want, version)
	}
}

func TestADeletedPostIsNoMoreAmongTheSaved(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "save me"})
	saved := []model.Preference{{UserID: mm.User("alice").ID, Category: model.PreferenceFlaggedPost, Name: id, Value: "true"}}
	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/preferences", saved).Status)

	alice.do("DELETE", "/api/v4/posts/"+id, nil)

	assert.NotContains(t, string(alice.do("GET", "/api/v4/users/me/preferences", nil).Body), id)
}
