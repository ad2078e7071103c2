package model

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShortMayBeWrittenAsAWordInAnyCase(t *testing.T) {
	for in, want := range map[string]Bool{
		`true`: true, `false`: false, `"true"`: true, `"True"`: true, `"FALSE"`: false,
	} {
		f := AttachmentField{Short: !want}
		require.NoError(t, json.Unmarshal([]byte(`{"short":`+in+`}`), &f), in)
		assert.Equal(t, want, f.Short, in)
	}
}

func TestAnyOtherShortFailsTheWholeDecode(t *testing.T) {
	for _, in := range []string{`"maybe"`, `1`, `null`, `""`, `{}`, `" true"`} {
		var a Attachment
		assert.Error(t, json.Unmarshal([]byte(`{"fields":[{"short":`+in+`}]}`), &a), in)
	}
}

func attachmentsOf(t *testing.T, attachments string) []*Attachment {
	t.Helper()
	var p Post
	require.NoError(t, json.Unmarshal([]byte(`{"props":{"attachments":`+attachments+`}}`), &p))
	return p.Attachments()
}

func TestAttachmentsFromJSONAreReshapedToTheKnownKeys(t *testing.T) {
	b, err := json.Marshal(attachmentsOf(t, `[{"text":"a","mood":"happy","actions":[null,{"name":"B","shape":"round"}],"fields":[null,{"title":"t","value":5}]}]`))
	require.NoError(t, err)
	assert.JSONEq(t, `[{"id":0,"fallback":"","color":"","pretext":"","author_name":"","author_link":"","author_icon":"","title":"","title_link":"","text":"a","fields":[{"title":"t","value":5,"short":false}],"image_url":"","thumb_url":"","footer":"","footer_icon":"","ts":null,"actions":[{"name":"B"}]}]`, string(b))
}

func TestWithoutAListThereAreNoAttachments(t *testing.T) {
	for _, in := range []string{`null`, `{"text":"a"}`, `"text"`, `5`, `[]`} {
		assert.Nil(t, attachmentsOf(t, in), in)
	}
	assert.Nil(t, (&Post{}).Attachments())
}

func TestAnAttachmentThatCannotBeDecodedIsDropped(t *testing.T) {
	got := attachmentsOf(t, `["text",{"text":5},{"text":"good"}]`)
	require.Len(t, got, 1)
	assert.Equal(t, "good", got[0].Text)
}

func TestTypedAttachmentsAreSharedInAListOfTheCallersOwn(t *testing.T) {
	a := &Attachment{Text: "a"}
	p := &Post{Props: Props{PropAttachments: []*Attachment{nil, a}}}
	got := p.Attachments()
	require.Len(t, got, 1)
	assert.Same(t, a, got[0])
	got[0] = nil
	assert.Same(t, a, p.Attachments()[0])
}

func TestAnAnswerToAClickTellsWhatWasNotGiven(t *testing.T) {
	for _, c := range []struct {
		in             string
		noProps, files bool
	}{
		{`{"message":"m"}`, true, false},
		{`{"props":null,"file_ids":null}`, true, false},
		{`{"props":{},"file_ids":[]}`, false, true},
	} {
		var r ActionResponse
		require.NoError(t, json.Unmarshal([]byte(`{"update":`+c.in+`}`), &r))
		assert.Equal(t, c.noProps, r.Update.Props == nil, c.in)
		assert.Equal(t, c.files, r.Update.FileIDs != nil, c.in)
	}
	var r ActionResponse
	require.NoError(t, json.Unmarshal([]byte(`{"ephemeral_text":"e"}`), &r))
	assert.Nil(t, r.Update)
}

func TestAnAnswerToAnOutgoingWebhookTellsAnEmptyTextFromNone(t *testing.T) {
	var none, empty OutgoingWebhookResponse
	require.NoError(t, json.Unmarshal([]byte(`{"username":"x"}`), &none))
	require.NoError(t, json.Unmarshal([]byte(`{"text":""}`), &empty))
	assert.Nil(t, none.Text)
	require.NotNil(t, empty.Text)
	assert.Empty(t, *empty.Text)
}

func ExamplePost_Attachments() {
	var p Post
	_ = json.Unmarshal([]byte(`{"props":{"attachments":[{"actions":[{"id":"go","name":"Go!"}]}]}}`), &p)
	for _, a := range p.Attachments() {
		fmt.Println(a.Actions[0].Name)
	}
	// Output: Go!
}
