package rest_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestOldVersionsMakeAChannelPrivateWithAnEndpointOfItsOwn(t *testing.T) {
	for _, version := range []string{"5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice, admin := clientOf(t, mm, mm.User("alice", dev)), clientOf(t, mm, mm.Admin)
		path := "/api/v4/channels/" + dev.ID + "/convert"

		assert.Equal(t, 403, alice.do("POST", path, nil).Status, version)
		assert.Equal(t, "P", admin.do("POST", path, nil).get("type").String(), version)
		assert.Equal(t, "api.channel.convert_channel_to_private.private_channel_error", admin.do("POST", path, nil).problem(), version)
		town := admin.do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/town-square", nil).get("id").String()
		assert.Equal(t, "api.channel.convert_channel_to_private.default_channel_error", admin.do("POST", "/api/v4/channels/"+town+"/convert", nil).problem(), version)
	}
}

func TestAnEndpointThatWentWithAnEarlierVersionIsUnknown(t *testing.T) {
	mm := mmfake.New(t, mmfake.Lenient())

	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/channels/"+mm.Channel("dev").ID+"/convert", nil)

	assert.Equal(t, "api.context.404.app_error", r.problem())
}

func TestTheOldestVersionArchivesDirectChannels(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.36": 400, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, bob := mm.User("alice"), mm.User("bob")
		as := clientOf(t, mm, alice)
		dm := as.do("POST", "/api/v4/channels/direct", []string{alice.ID, bob.ID}).get("id").String()

		assert.Equal(t, status, as.do("DELETE", "/api/v4/channels/"+dm, nil).Status, version)
	}
}

func TestNobodyLeavesAnArchivedChannelOfTheOldestVersion(t *testing.T) {
	for version, problem := range map[string]string{"11.6": "", "5.0": "api.channel.remove_user_from_channel.deleted.app_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

		assert.Equal(t, problem, alice.do("DELETE", "/api/v4/channels/"+dev.ID+"/members/me", nil).problem(), version)
	}
}

func TestNobodyJoinsAnArchivedChannelOfTheOldestVersion(t *testing.T) {
	for version, problem := range map[string]string{"11.6": "", "5.36": "", "5.0": "api.channel.add_user_to_channel.deleted.app_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice, bob := clientOf(t, mm, mm.User("alice", dev)), clientOf(t, mm, mm.User("bob"))
		require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)
		members := "/api/v4/channels/" + dev.ID + "/members"

		assert.Equal(t, problem, bob.do("POST", members, object{"user_id": mm.User("bob").ID}).problem(), version)
		assert.Equal(t, 201, alice.do("POST", members, object{"user_id": mm.User("alice").ID}).Status, "who is in it: %s", version)
	}
}

func TestOldVersionsTellOfEachViewedChannel(t *testing.T) {
	for version, want := range map[string]int{"5.36": 3, "5.0": 2} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev, ops := mm.Channel("dev"), mm.Channel("ops")
		alice := clientOf(t, mm, mm.User("alice", dev, ops))
		next := alice.events()
		for _, view := range []object{{"channel_id": dev.ID}, {"channel_id": dev.ID, "prev_channel_id": ops.ID}} {
			require.Equal(t, 200, alice.do("POST", "/api/v4/channels/members/me/view", view).Status)
		}
		alice.do("PUT", "/api/v4/users/me/patch", object{"nickname": "end"})

		n := 0
		for next("channel_viewed", "user_updated").Get("event").String() == "channel_viewed" {
			n++
		}
		assert.Equal(t, want, n, version)
		assert.Equal(t, 400, min(400, alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}).Status), "an unknown channel")
	}
}

func TestAnIDTwiceInAGroupIsNobodyInOldVersions(t *testing.T) {
	for version, problem := range map[string]string{"11.6": "api.channel.create_group.bad_size.app_error", "5.36": "api.channel.create_group.bad_user.app_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		bob := mm.User("bob")
		alice := clientOf(t, mm, mm.User("alice"))

		assert.Equal(t, problem, alice.do("POST", "/api/v4/channels/group", []string{bob.ID, bob.ID}).problem(), version)
		assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("POST", "/api/v4/channels/group", []string{}).problem(), version)
	}
}

func TestOldVersionsPatchTheNamesOfGroupsAndTheOldestArchivedChannels(t *testing.T) {
	for version, want := range map[string]struct {
		problem string
		status  int
	}{
		"11.6": {"api.channel.update_channel.deleted.app_error", 400}, "5.36": {"app.channel.update.bad_id", 200}, "5.0": {"", 200},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		group := alice.do("POST", "/api/v4/channels/group", []string{mm.User("bob").ID, mm.User("carol").ID}).get("id").String()
		require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

		assert.Equal(t, cmp.Or(want.problem, dev.ID), alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"header": "closed"}).problem(), version)
		assert.Equal(t, want.status, alice.do("PUT", "/api/v4/channels/"+group+"/patch", object{"display_name": "us"}).Status, version)
	}
}

func TestOldVersionsFindNoArchivedChannelsAndCompleteNoPrivateOnes(t *testing.T) {
	for version, want := range map[string][3]string{
		"11.6": {"zoo-old zoo-own", "zoo-old", "zoo-old"}, "5.36": {"zoo-old", "zoo-old", "zoo-old"}, "5.0": {},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, old, own := mm.User("alice"), mm.Channel("zoo-old"), mm.PrivateChannel("zoo-own")
		as := clientOf(t, mm, mm.User("alice", old, own))
		alice.Post(old, "hello")
		require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+old.ID, nil).Status)
		team := "/api/v4/teams/" + old.TeamID

		found := [3]reply{
			as.do("GET", team+"/channels/autocomplete?name=zoo", nil),
			as.do("POST", team+"/channels/search", object{"term": "zoo"}),
			as.do("GET", "/api/v4/users/me/teams/"+old.TeamID+"/channels?include_deleted=true", nil),
		}
		for i, r := range found {
			list := slices.DeleteFunc(names(r, "#.name"), func(name string) bool { return !strings.HasPrefix(name, "zoo-o") || i == 2 && name == own.Name })
			assert.Equal(t, want[i], strings.Join(list, " "), version, i)
		}
		posts := as.do("POST", team+"/posts/search", object{"terms": "hello", "include_deleted_channels": true})
		assert.Len(t, posts.get("order").Array(), len(want[2])/len(old.Name), version)
	}
}

func TestADirectChannelOfAnOldVersionHasNoLongerNameThanAnother(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	alice, _ := aliceIn(t, mm)
	dm := mm.User("alice").Direct(mm.User("bob"))
	path := "/api/v4/channels/" + dm.ID + "/patch"

	r := alice.do("PUT", path, object{"display_name": strings.Repeat("n", 20_000)})

	assert.Equal(t, "model.channel.is_valid.display_name.app_error", r.problem())
	assert.Equal(t, 200, alice.do("PUT", path, object{"display_name": strings.Repeat("n", 64)}).Status)
}

// Old versions take 8,000 characters of props, in which a < counts for six.
func TestAChangeThatIsTooLongToBeToldIsMadeAllTheSame(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice, dev := aliceIn(t, mm)
	path := "/api/v4/channels/" + dev.ID + "/patch"
	long := strings.Repeat("<", 1024)
	require.Equal(t, 200, alice.do("PUT", path, object{"header": long}).Status)

	changed := alice.do("PUT", path, object{"header": long[1:] + ">"})

	require.Equal(t, 200, changed.Status, "%s", changed.Body)
	assert.Equal(t, long[1:]+">", changed.get("header").String())
	assert.Len(t, alice.told(dev.ID), 1)
}

func TestAMemberIsNotifiedByTheRulesThatHisVersionHas(t *testing.T) {
	change := object{"ignore_channel_mentions": "on", "desktop_threads": "mention", "push": "none"}
	for version, want := range map[string]string{"5.0": `["none"]`, "5.36": `["on","none"]`, "11.6": `["on","mention","none"]`} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		path := "/api/v4/channels/" + dev.ID + "/members/me"
		require.Equal(t, 200, alice.do("PUT", path+"/notify_props", change).Status, version)
		assert.Equal(t, want, alice.do("GET", path, nil).get("notify_props.[ignore_channel_mentions,desktop_threads,push]").Raw, version)
	}
}

func TestOldVersionsRefuseAnOddWayToIgnoreMentions(t *testing.T) {
	for version, problem := range map[string]string{
		"5.0": "", "5.36": "model.channel_member.is_valid.ignore_channel_mentions_value.app_error", "11.6": "",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		r := alice.do("PUT", "/api/v4/channels/"+dev.ID+"/members/me/notify_props", object{"ignore_channel_mentions": "maybe"})
		assert.Equal(t, problem, r.problem(), version)
	}
}
