package recorder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const form = "application/x-www-form-urlencoded"

func TestGetReadsBodiesByTheirContentType(t *testing.T) {
	multipart := "--b\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{\"text\":\"hi\"}\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nsecret\r\n--b--\r\n"
	for name, c := range map[string]struct{ contentType, body, path, want string }{
		"JSON":                          {"application/json", `{"attachments":[{"title":"T"}]}`, "attachments.0.title", "T"},
		"JSON with a charset":           {"application/json; charset=utf-8", `{"a":1}`, "a", "1"},
		"JSON without a type":           {"", `{"a":1}`, "a", "1"},
		"JSON of a wrong type":          {"text/plain", `{"a":1}`, "a", "1"},
		"JSON of an unreadable type":    {"a/b/c;;", `{"a":1}`, "a", "1"},
		"JSON that is called a form":    {form, `{"a":"b=c&d"}`, "a", "b=c&d"},
		"a field of a form":             {form, "text=a+b%21&token=x", "text", "a b!"},
		"a field twice":                 {form, "id=1&id=2", "id.1", "2"},
		"a dotted field":                {form, "a.b=1", `a\.b`, "1"},
		"a payload":                     {form, "payload=%7B%22text%22%3A%22hi%22%7D", "payload.text", "hi"},
		"a payload that is not JSON":    {form, "payload=hi", "payload", "hi"},
		"a form with a broken part":     {form, "a=%zz&b=2", "b", "2"},
		"a form with a charset":         {form + "; charset=utf-8", "a=1", "a", "1"},
		"a multipart payload":           {`multipart/form-data; boundary=b`, multipart, "payload.text", "hi"},
		"a multipart file is left out":  {`multipart/form-data; boundary=b`, multipart, "files", ""},
		"a multipart without boundary":  {`multipart/form-data`, multipart, "payload", ""},
		"a multipart that is cut short": {`multipart/form-data; boundary=b`, multipart[:70], "payload", ""},
		"text":                          {"text/plain", "hello", "a", ""},
		"nothing":                       {"application/json", "", "a", ""},
		"two values":                    {"application/json", `{"a":1}{"a":2}`, "a", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := message(c.contentType, c.body)
			got := m.Get(c.path)
			assert.Equal(t, c.want, got.String())
			assert.Equal(t, c.want != "", got.Exists())
		})
	}
}

func TestADeepBodyIsRefusedAndNotFollowed(t *testing.T) {
	m := jsonMessage(strings.Repeat("[", 1<<20))
	assert.False(t, m.Get("0.0").Exists())
}

func TestABodyIsKeptUpToTheLimitAndSaysSo(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Body: 4})
	whole, long, cut := posted("", "", 0), posted("", "", 0), posted("", "", 0)
	whole.Request.Body, long.Request.Body, cut.Request.Body = []byte("abcd"), []byte("abcdef"), []byte("ab")
	cut.Request.Truncated, cut.Request.Size = true, 99
	for _, ex := range []*recorder.Exchange{whole, long, cut} {
		journal.Append(ex)
	}
	assert.Equal(t, recorder.Message{Header: whole.Request.Header, Body: []byte("abcd"), Size: 4}, whole.Request.Message)
	assert.Equal(t, recorder.Message{Header: long.Request.Header, Body: []byte("abcd"), Size: 6, Truncated: true}, long.Request.Message)
	assert.Equal(t, recorder.Message{Header: cut.Request.Header, Body: []byte("ab"), Size: 99, Truncated: true}, cut.Request.Message)
	assert.Equal(t, 4, cap(long.Request.Body), "the rest is not kept alive")
}

func FuzzGetNeverPanics(f *testing.F) {
	f.Add("application/json", `{"a":[{"b":1}]}`, "a.0.b")
	f.Add(form, "a=1&payload=%7B%22a%22%3A1%7D", "payload.a")
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--", "a")
	f.Add("text/plain", "x", "@this|@flatten")
	f.Add("", `[1,2,3]`, "#(>1)#")
	f.Add("application/json", `{"a":`, "..#")
	f.Fuzz(func(t *testing.T, contentType, body, path string) {
		ex := &recorder.Exchange{Request: recorder.Request{Message: message(contentType, body)}}
		got := ex.Request.Get(path)
		recorder.JSON(path, got.Value()).Miss(ex)
		recorder.JSONSubset(body).Miss(ex)
		if ex.Request.Text() != body {
			t.Error("reading changed the body")
		}
	})
}
