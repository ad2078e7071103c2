package model

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func assertSameJSON(t *testing.T, p *Post) {
	t.Helper()
	want, err := json.Marshal(p)
	require.NoError(t, err)
	got, err := p.AppendJSON([]byte("before"))
	require.NoError(t, err)
	assert.Equal(t, "before"+string(want), string(got))
}

func TestAppendJSONWritesEachFieldAsEncodingJSONDoes(t *testing.T) {
	yes, text := true, "a"
	values := map[string]any{
		"Props": Props{"b": 1, "a": "<x>"}, "FileIDs": []string{"f"}, "RemoteID": &text, "Participants": []*User{{ID: "u"}},
		"IsFollowing": &yes, "Metadata": &PostMetadata{},
	}
	assertSameJSON(t, &Post{})
	assertSameJSON(t, &Post{Props: Props{"from_bot": "true"}})
	assertSameJSON(t, &Post{Props: Props{"<": "b"}})
	assertSameJSON(t, &Post{Props: Props{"a": 1}})
	assertSameJSON(t, &Post{Props: Props{}, FileIDs: []string{}, Participants: []*User{}})
	fields := reflect.TypeFor[Post]()
	for i := range fields.NumField() {
		p := &Post{}
		field := reflect.ValueOf(p).Elem().Field(i)
		switch field.Kind() {
		case reflect.String:
			field.SetString(text)
		case reflect.Int64:
			field.SetInt(-7)
		case reflect.Bool:
			field.SetBool(true)
		default:
			field.Set(reflect.ValueOf(values[fields.Field(i).Name]))
		}
		assertSameJSON(t, p)
	}
}

func TestAppendJSONWritesEachPartOfTheMetadata(t *testing.T) {
	priority := PostPriorityUrgent
	for _, m := range []*PostMetadata{
		{Embeds: []*PostEmbed{{Type: PostEmbedLink}}}, {Emojis: []*Emoji{{}}}, {Files: []*FileInfo{{}}},
		{Images: map[string]*PostImage{"u": {}}}, {Reactions: []*Reaction{{}}}, {Priority: &PostPriority{Priority: &priority}},
		{Acknowledgements: []*PostAcknowledgement{{}}}, {Translations: map[string]json.RawMessage{"de": []byte("1")}},
		{ExpireAt: 1}, {Recipients: []string{"u"}},
	} {
		assertSameJSON(t, &Post{Metadata: m})
	}
	assert.Equal(t, 10, reflect.TypeFor[PostMetadata]().NumField(), "this test knows all fields")
}

func TestAppendJSONSaysWhatCannotBeEncoded(t *testing.T) {
	_, err := (&Post{Props: Props{"f": func() {}}}).AppendJSON(nil)
	assert.Error(t, err)
}

func FuzzAppendJSON(f *testing.F) {
	for _, text := range []string{"", "plain", "a\"b\\c", "<b>&amp;", "\x00\x1f\x7f", "caf\u00e9 \u2028", "\xff\xfe"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { assertSameJSON(t, &Post{Message: text, Props: Props{text: text}}) })
}
