package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// Built-in commands (facts 9.7).

func TestHelpUsedToBeAPage(t *testing.T) {
	for version, kind := range map[string]string{"11.6": "ephemeral", "5.36": ""} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		r := execute(t, mm, mm.User("alice", dev), dev.ID, "/help")
		assert.Equal(t, kind, r.get("response_type").String(), "as %s", version)
		assert.Equal(t, kind == "", r.get("goto_location").String() != "", "as %s", version)
	}
}

func TestCodeIsLeftAsItIs(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	r := execute(t, mm, mm.User("alice", dev), dev.ID, "/code <!all> <http://a.test|A>")
	assert.True(t, r.get("skip_slack_parsing").Bool())
	assert.Equal(t, "    <!all> <http://a.test|A>", dev.Posts()[0].Message)
}

func TestExportlinkIsNoCommandOfAServerWithoutAnExportStore(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	assert.Equal(t, 404, execute(t, mm, mm.User("alice", dev), dev.ID, "/exportlink").Status)
}

func TestKickLooksAtTheFirstWordOnly(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.User("bob", dev)
	r := execute(t, mm, alice, dev.ID, "/kick @bob for now")
	assert.Equal(t, "", r.get("response_type").String(), "%s", r.Body)
}

func TestKickSaysWhoIsNoMember(t *testing.T) {
	for _, version := range []string{"11.6", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		mm.User("bob")
		r := execute(t, mm, mm.User("alice", dev), dev.ID, "/kick @bob")
		assert.Equal(t, "ephemeral", r.get("response_type").String(), "as %s", version)
	}
}

func TestInviteSaysWhatItDidInOldVersionsOnlyForAnotherChannel(t *testing.T) {
	for _, c := range []struct{ version, line, kind string }{
		{"11.6", "/invite @bob", "ephemeral"},
		{"5.36", "/invite @bob", ""},
		{"5.36", "/invite @bob ~ops", "ephemeral"},
	} {
		mm := mmfake.New(t, mmfake.Version(c.version))
		dev, ops := mm.Channel("dev"), mm.Channel("ops")
		mm.User("bob")
		r := execute(t, mm, mm.User("alice", dev, ops), dev.ID, c.line)
		assert.Equal(t, c.kind, r.get("response_type").String(), "%s as %s", c.line, c.version)
	}
}

func TestADirectChannelHasNoPurposeOrNameToChangeByCommand(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := mm.User("alice", dev)
		direct := directOf(t, mm, alice, mm.User("bob", dev)).get("id").String()
		for _, c := range []struct{ line, key, kind, after string }{
			{"/purpose chat", "purpose", "ephemeral", ""}, {"/rename Us two", "display_name", "ephemeral", ""}, {"/header chat", "header", "", "chat"},
		} {
			assert.Equal(t, c.kind, execute(t, mm, alice, direct, c.line, "team_id", dev.TeamID).get("response_type").String(), "%s as %s", c.line, version)
			assert.Equal(t, c.after, clientOf(t, mm, alice).do("GET", "/api/v4/channels/"+direct, nil).get(c.key).String(), "%s as %s", c.line, version)
		}
	}
}

func TestAChannelIsRenamedToOneLetterSince11(t *testing.T) {
	for version, kind := range map[string]string{"11.6": "", "5.36": "ephemeral", "5.0": "ephemeral"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		assert.Equal(t, kind, execute(t, mm, mm.User("alice", dev), dev.ID, "/rename X").get("response_type").String(), "as %s", version)
	}
}
