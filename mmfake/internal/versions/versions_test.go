package versions_test

import (
	"encoding/json"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func encode(t *testing.T, version string, value any) string {
	t.Helper()
	b, err := versions.MustParse(version).Marshal(value)
	require.NoError(t, err)
	return string(b)
}

func TestAVersionReportsItselfInFull(t *testing.T) {
	for text, want := range map[string]string{"": "11.6.0", "5.0": "5.0.0", "5.36": "5.36.0", "9.11.2": "9.11.2"} {
		v, err := versions.Parse(text)
		require.NoError(t, err)
		assert.Equal(t, want, v.String())
	}
}

func TestWhatIsNoVersionIsRefused(t *testing.T) {
	for _, text := range []string{"5", "five", "5.x", "4.9", "1.2.3.4", "-1.0"} {
		_, err := versions.Parse(text)
		assert.ErrorContains(t, err, text)
	}
}

func TestWhatHasNoDateAfter536IsThereFrom60On(t *testing.T) {
	for version, want := range map[string]bool{"5.36": false, "5.39": false, "6.0": true, "9.11": true, "11.6": true} {
		assert.Equal(t, want, versions.MustParse(version).Has(versions.NoParentIDs), version)
	}
}

func TestWhatIsDatedAfter536IsThereFromThenOn(t *testing.T) {
	for version, want := range map[string]bool{"5.36": false, "7.6": false, "7.7": true, "11.6": true} {
		assert.Equal(t, want, versions.MustParse(version).Has(versions.Priorities), version)
	}
}

func TestAPostHasTheKeysThatItsVersionHad(t *testing.T) {
	post := &model.Post{ID: "p", RootID: "r", RemoteID: new(string), FileIDs: []string{}, Metadata: &model.PostMetadata{}}
	assert.JSONEq(t, `{"id":"p","create_at":0,"update_at":0,"edit_at":0,"delete_at":0,"is_pinned":false,"user_id":"","channel_id":"",
		"root_id":"r","parent_id":"r","original_id":"","message":"","type":"","props":null,"hashtags":"","pending_post_id":"",
		"reply_count":0,"last_reply_at":0,"participants":null,"is_following":false,"metadata":{}}`, encode(t, "5.36", post))
	assert.JSONEq(t, `{"id":"p","create_at":0,"update_at":0,"edit_at":0,"delete_at":0,"is_pinned":false,"user_id":"","channel_id":"",
		"root_id":"r","parent_id":"r","original_id":"","message":"","type":"","props":null,"hashtags":"","pending_post_id":""}`,
		encode(t, "5.0", post))
	assert.NotContains(t, encode(t, "9.11.2", post), "parent_id")
}

func TestKeysStayInTheirOrder(t *testing.T) {
	assert.Equal(t, `{"user_id":"u","post_id":"","emoji_name":"+1","create_at":0}`,
		encode(t, "5.0", &model.Reaction{UserID: "u", EmojiName: "+1", ChannelID: "c"}))
}

func TestListsMapsAndEmbeddedObjectsAreEncodedToTheirDepth(t *testing.T) {
	results := model.PostSearchResults{PostList: &model.PostList{
		Order: []string{"p"}, Posts: map[string]*model.Post{"p": {ID: "p", FileIDs: []string{"f"}}, "nil": nil},
	}}
	got := encode(t, "5.0", []any{results, map[string]any{"<": []*model.Team{{Name: "&"}}}, nil})
	var back []map[string]any
	require.NoError(t, json.Unmarshal([]byte(got), &back))
	assert.Contains(t, back[0], "order")
	assert.NotContains(t, back[0], "matches")
	assert.Contains(t, back[0]["posts"].(map[string]any)["p"], "file_ids")
	assert.NotContains(t, back[0]["posts"].(map[string]any)["p"], "metadata")
	assert.Contains(t, got, `"nil":null`)
	assert.Contains(t, got, `"\u003c":[`)
}

func TestWithoutTagsEveryVersionEncodesAsEncodingJSONDoes(t *testing.T) {
	type plain struct {
		A string            `json:"a"`
		B map[string][]int8 `json:"b,omitempty"`
		C *float64          `json:"c"`
		D []byte            `json:"d"`
		E []string          `json:"-"`
		F [2]bool
		G any
	}
	same := func(value plain) bool {
		want, err := json.Marshal(value)
		require.NoError(t, err)
		return assert.Equal(t, string(want), encode(t, "5.0", value))
	}
	require.NoError(t, quick.Check(func(a string, b map[string][]int8, c *float64, d []byte, f [2]bool, g string) bool {
		return same(plain{A: a, B: b, C: c, D: d, F: f, G: g})
	}, nil))
}

func TestWhatCannotBeEncodedIsAnError(t *testing.T) {
	_, err := versions.MustParse("5.0").Marshal(map[string]any{"f": func() {}})
	assert.ErrorContains(t, err, "5.0.0")
}

func TestAnErrorHasTheNameOfItsTime(t *testing.T) {
	today := &model.AppError{ID: "app.file_info.get.app_error", StatusCode: 404}
	assert.Equal(t, today, versions.MustParse("11.6").Error(today))
	assert.Equal(t, "app.file_info.get.app_error", versions.MustParse("5.36").Error(today).ID)
	assert.Equal(t, "store.sql_file_info.get.app_error", versions.MustParse("5.0").Error(today).ID)
	link := &model.AppError{ID: "api.file.get_public_link.disabled.app_error", StatusCode: 403}
	assert.Equal(t, 501, versions.MustParse("5.36").Error(link).StatusCode)
	assert.Equal(t, 403, link.StatusCode, "the error itself stays")
}

func TestAKeyThatWasAlwaysSentIsLeftOutWhenEmptyLater(t *testing.T) {
	assert.JSONEq(t, `{"id":"","name":"Go"}`, encode(t, "5.0", &model.Action{Name: "Go", Type: "button"}))
	assert.JSONEq(t, `{"name":"Go","type":"button"}`, encode(t, "5.36", &model.Action{Name: "Go", Type: "button"}))
}

func TestAKeyHidesThoseOfEmbeddedObjects(t *testing.T) {
	type ephemeral struct {
		*model.Post
		ParentID string `json:"parent_id"`
	}
	got := encode(t, "5.36", ephemeral{Post: &model.Post{RootID: "root"}})
	assert.Contains(t, got, `"root_id":"root"`)
	assert.Contains(t, got, `"parent_id":""`)
	assert.NotContains(t, got, `"parent_id":"root"`)
}

func TestAVersionForgetsWhatItDoesNotKnow(t *testing.T) {
	full := model.CommandResponse{Text: "a", ChannelID: "c", TriggerID: "t", SkipSlackParsing: true}
	for version, want := range map[string]model.CommandResponse{
		"5.0": {Text: "a"}, "5.8": {Text: "a", ChannelID: "c", TriggerID: "t"}, "5.20": full, "11.6": full,
	} {
		got := full
		versions.MustParse(version).Forget(&got)
		assert.Equal(t, want, got, version)
	}
	list := []string{"stays"}
	versions.MustParse("5.0").Forget(&list)
	versions.MustParse("5.0").Forget(new(*model.Post))
	assert.Equal(t, []string{"stays"}, list)
}
