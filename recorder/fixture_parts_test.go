package recorder_test

import (
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A part is one of a form: a file, if it has a name of one.
type part struct{ name, filename, contentType, content string }

// formOf is a form with parts as a client sends it.
func formOf(boundary string, parts ...part) recorder.Message {
	var body strings.Builder
	w := multipart.NewWriter(&body)
	w.SetBoundary(boundary)
	for _, p := range parts {
		header := textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(p.name, p.filename)}}
		if p.filename == "" {
			header.Set("Content-Disposition", strings.TrimSuffix(multipart.FileContentDisposition(p.name, ""), `; filename=""`))
		}
		if p.contentType != "" {
			header.Set("Content-Type", p.contentType)
		}
		content, err := w.CreatePart(header)
		if err != nil {
			panic(err) // a strings.Builder takes everything
		}
		content.Write([]byte(p.content))
	}
	w.Close()
	return message(w.FormDataContentType(), body.String())
}

// uploading is an upload of two files into a channel.
func uploading(boundary, channel string) *recorder.Exchange {
	return &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In,
		Request: recorder.Request{Method: "POST", Path: "/api/v4/files", Message: formOf(boundary,
			part{name: "channel_id", content: channel},
			part{name: "token", content: "open sesame"},
			part{name: "files", filename: "notes.txt", contentType: "text/plain", content: "see {1}\r\n"},
			part{name: "files", filename: `my "dot".png`, contentType: "image/png", content: "\x89PNG\x00"},
			part{name: "payload", content: `{"user_id":"` + firstRun.user + `"}`})},
		Response: recorder.Response{Status: 201, Message: jsonMessage(`{"file_infos":[]}`)},
	}
}

func TestAnUploadReadsAsItsParts(t *testing.T) {
	assert.Contains(t, content(t, uploading("one", firstRun.channel)), `
    "header": {"Content-Type": "multipart/form-data"},
    "multipart": [
     {"name": "channel_id", "text": "{channel.1}"},
     {"name": "token", "text": "{token.1}"},
     {"name": "files", "filename": "notes.txt", "type": "text/plain", "text": "see {1}\r\n"},
     {
      "name": "files",
      "filename": "my \"dot\".png",
      "type": "image/png",
      "base64": "iVBORwA=",
      "sha256": "ad91235e882292469812e16da0b8fc77075a7c6d6f8760c24be14a5c792508cf"
     },
     {"name": "payload", "text": {"$json": {"user_id": "{user.1}"}}}
    ]`)
}

func TestTwoRecordingsOfAnUploadAreTheSameBytes(t *testing.T) {
	assert.Equal(t, content(t, uploading("one", firstRun.channel)), content(t, uploading("two", secondRun.channel)))
}

func TestAnUploadComesBackWithABoundaryOfItsOwn(t *testing.T) {
	f, err := recorder.NewFixture([]*recorder.Exchange{uploading("x", firstRun.channel)})
	require.NoError(t, err)
	sent := f.Exchanges()[0].Request
	assert.Equal(t, "multipart/form-data; boundary=boundary-1", sent.Header.Get("Content-Type"))
	assert.Equal(t, f.Value("channel.1"), sent.Get("channel_id").String())
	assert.True(t, strings.HasPrefix(sent.Text(), "--boundary-1\r\n"))
	assert.Contains(t, sent.Text(), "filename=\"my \\\"dot\\\".png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\x00\r\n")
}

func TestTheBoundaryIsNoneThatStandsInAPart(t *testing.T) {
	ex := saying("")
	ex.Request.Message = formOf("x", part{name: "a", content: "--boundary-1\r\n--boundary-2--"})
	f, err := recorder.NewFixture([]*recorder.Exchange{ex})
	require.NoError(t, err)
	assert.Equal(t, "multipart/form-data; boundary=boundary-3", f.Exchanges()[0].Request.Header.Get("Content-Type"))
}

func TestWhatIsNoFormWithPartsIsKeptAsItIs(t *testing.T) {
	for _, body := range []string{"--x\r\ncut short", "--x\r\nContent-Disposition: attachment\r\n\r\n1\r\n--x--\r\n"} {
		ex := saying("")
		ex.Request.Message = message("multipart/form-data; boundary=x", body)
		f, err := recorder.NewFixture([]*recorder.Exchange{ex})
		require.NoError(t, err)
		assert.Equal(t, body, f.Exchanges()[0].Request.Text())
	}
}

func TestASecretInAFileOfAnUploadIsNotWritten(t *testing.T) {
	ex := saying(`{"token":"top secret thing"}`)
	ex.Response = recorder.Response{Status: 200, Message: formOf("x", part{name: "f", filename: "f", content: "\x00top secret thing"})}
	_, err := recorder.NewFixture([]*recorder.Exchange{ex})
	assert.ErrorContains(t, err, "exchanges.0.answer.multipart.0.base64 has the value of {token.1} in it")

	ex.Response.Message = formOf("x", part{name: "note", content: "ghp_0123456789abcdefghijABCDEFGHIJ012345"})
	_, err = recorder.NewFixture([]*recorder.Exchange{ex})
	assert.ErrorContains(t, err, "exchanges.0.answer.multipart.0.text looks like a GitHub token")
	_, err = recorder.NewFixture([]*recorder.Exchange{ex}, recorder.KeepKey("note"))
	assert.NoError(t, err, "its key is the part's name")
}

func TestOwnRulesRedactAPartByItsName(t *testing.T) {
	ex := saying("")
	ex.Request.Message = formOf("x", part{name: "e-mail", content: "a@example.com"})
	assert.Contains(t, content(t, ex, recorder.RedactKey("email")), `"multipart": [{"name": "e-mail", "text": "{secret.1}"}]`)
}

func TestAnUploadIsReplayedWhateverItsBoundary(t *testing.T) {
	f, err := recorder.NewFixture([]*recorder.Exchange{uploading("one", firstRun.channel)})
	require.NoError(t, err)
	r := recorder.NewReplay(f)
	send := func(m recorder.Message) (int, string) { return askWith(r, "POST /api/v4/files", m) }

	other := uploading("two", secondRun.channel).Request.Message
	status, answer := send(formOf("x", part{name: "channel_id", content: mine}))
	assert.Equal(t, 501, status)
	assert.Contains(t, answer, `multipart has the parts [\"channel_id\"], recorded are [\"channel_id\", \"token\", \"files\", \"files\", \"payload\"]`)
	status, answer = send(other)
	assert.Equal(t, 201, status, answer)
	assert.Empty(t, r.Unused())
}

func TestAReplayTellsWhichPartOfAnUploadDiffers(t *testing.T) {
	recorded := `{"method": "POST", "path": "/api/v4/files", "header": {"Content-Type": "multipart/form-data"}, "multipart": [` +
		`{"name": "channel_id", "text": "{channel.dev}"}, {"name": "files", "filename": "a.txt", "text": "one"}, {"name": "files", "filename": "a.bin", "base64": "AAA="}]}`
	for want, parts := range map[string][]part{
		`multipart.1.text is "two", recorded is "one"`:            {{name: "files", filename: "a.txt", content: "two"}, {name: "files", filename: "a.bin", content: "\x00\x00"}},
		`multipart.1.filename is "b.txt", recorded is "a.txt"`:    {{name: "files", filename: "b.txt", content: "one"}, {name: "files", filename: "a.bin", content: "\x00\x00"}},
		`multipart.1.type is "text/plain", recorded is none`:      {{name: "files", filename: "a.txt", contentType: "text/plain", content: "one"}, {name: "files", filename: "a.bin", content: "\x00\x00"}},
		`multipart.2.base64 is "AAE=", recorded is "AAA="`:        {{name: "files", filename: "a.txt", content: "one"}, {name: "files", filename: "a.bin", content: "\x00\x01"}},
		`multipart.2.base64 is absent, recorded is "AAA="`:        {{name: "files", filename: "a.txt", content: "one"}, {name: "files", filename: "a.bin", content: "x"}},
		`multipart.1.name is "attachment", recorded is "files"`:   {{name: "attachment", filename: "a.txt", content: "one"}, {name: "files", filename: "a.bin", content: "\x00\x00"}},
		`multipart.1.filename is absent, recorded is "a.txt"`:     {{name: "files", content: "one"}, {name: "files", filename: "a.bin", content: "\x00\x00"}},
		`multipart.2.filename is "a.bin.gz", recorded is "a.bin"`: {{name: "files", filename: "a.txt", content: "one"}, {name: "files", filename: "a.bin.gz", content: "\x00\x00"}},
	} {
		r := replayOf(t, recordedRequest(recorded, `{"status": 201}`))
		_, answer := askWith(r, "POST /api/v4/files", formOf("x", append([]part{{name: "channel_id", content: mine}}, parts...)...))
		m := recorder.Message{Body: []byte(answer)}
		assert.Contains(t, m.Get("message").String(), want)
	}
}
