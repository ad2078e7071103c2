package socket

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestARequestIsTheSameInBothLanguages(t *testing.T) {
	want := &model.WebSocketRequest{Seq: 300, Action: "user_typing", Data: map[string]any{"channel_id": "c", "list": []any{"x", true, nil}}}
	text := `{"seq":300,"action":"user_typing","data":{"channel_id":"c","list":["x",true,null]},"other":1} and more`
	packed := "\x84\xa3seq\xcd\x01\x2c\xa6action\xabuser_typing\xa4data\x82\xaachannel_id\xd9\x01c\xa4list\xdc\x00\x03\xa1x\xc3\xc0\xa5other\x01 and more"
	for _, binary := range []bool{false, true} {
		message := text
		if binary {
			message = packed
		}
		got, err := decode(binary, []byte(message))
		assert.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestWhatIsNoRequestIsAnError(t *testing.T) {
	for _, text := range []string{``, `hello?`, `[]`, `7`, `{"seq":"1"}`, `{"data":[]}`, `{"seq":1`} {
		_, err := decode(false, []byte(text))
		assert.Error(t, err, text)
	}
	for _, packed := range []string{"", "\x90", "\x81", "\x81\xa3seq\xa11", "\x81\x01\x01", "\xc1", "\xdf\xff\xff\xff\xff", "\xdb\xff\xff\xff\xff", "\x81\xa4data\x90", "\xd4\x01\x01"} {
		_, err := decode(true, []byte(packed))
		assert.Error(t, err, "%x", packed)
	}
}

func TestNegativeAndFractionalNumbersAreRead(t *testing.T) {
	got, err := decode(true, []byte("\x82\xa3seq\xd1\xff\xfe\xa4data\x83\xa1a\xca\x3f\x00\x00\x00\xa1b\xff\xa1c\xcb\x3f\xe0\x00\x00\x00\x00\x00\x00"))
	assert.NoError(t, err)
	assert.Equal(t, &model.WebSocketRequest{Seq: -2, Data: map[string]any{"a": 0.5, "b": int64(-1), "c": 0.5}}, got)
}

func FuzzDecode(f *testing.F) {
	f.Add(false, []byte(`{"seq":1,"action":"ping","data":{}}`))
	f.Add(true, []byte("\x82\xa3seq\x01\xa6action\xa4ping"))
	f.Add(true, []byte("\xdd\xff\xff\xff\xff\x91\x91"))
	f.Fuzz(func(t *testing.T, binary bool, message []byte) {
		r, err := decode(binary, message)
		assert.True(t, (r == nil) == (err != nil), "either a request or an error")
	})
}
