package recorder_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aFixture is a small one that is right, a field a line.
const aFixture = `{
 "format": 1,
 "server": "11.6.0",
 "redacted": [],
 "names": {
  "post": ["1"],
  "user": ["alice"]
 },
 "exchanges": [
  {
   "kind": "api",
   "direction": "in",
   "request": {
    "method": "GET",
    "path": "/api/v4/posts/{post.1}"
   },
   "answer": {
    "status": 200,
    "json": {"user_id": "{user.alice}", "create_at": "{time.1}"}
   }
  }
 ]
}
`

func TestWhatIsWrongWithAFixtureIsSaidWithItsFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ old, with, want string }{
		"another version":        {`"format": 1`, `"format": 2`, `s.json:2: its format is 2; this version of the recorder reads format 1`},
		"no version":             {`"format": 1,`, ``, `s.json:1: it has no "format": it is no fixture`},
		"no object":              {aFixture, `[]`, `s.json:1: a fixture must be an object`},
		"an unknown field":       {`"server"`, `"sever"`, `s.json:3: the file has the field "sever", which format 1 does not have`},
		"one in an answer":       {`"status": 200`, "\"status\": 200,\n\"statsu\": 200", `s.json:19: answer has the field "statsu", which format 1 does not have`},
		"a field twice":          {`"direction": "in",`, `"direction": "in", "direction": "in",`, `s.json:12: an exchange has the field "direction" twice`},
		"an unknown kind":        {`"kind": "api"`, `"kind": "app"`, `s.json:11: "app" is none of api, webhook, page, callback, socket`},
		"a name not there":       {`"{user.alice}"`, `"{user.bob}"`, `s.json:19: the name {user.bob} is not among the "names" of the file`},
		"one in a path":          {`/{post.1}"`, `/{post.2}"`, `s.json:15: the name {post.2} is not among the "names" of the file`},
		"no moment":              {`{time.1}`, `{time.x}`, `s.json:19: {time.x} is no moment: they are counted from {time.1}`},
		"cut short":              {aFixture[len(aFixture)-60:], ``, `it is cut short`},
		"no JSON":                {`"kind": "api",`, `"kind": "api"`, `s.json:12: it is no JSON`},
		"another quote":          {`"GET"`, `'GET'`, `s.json:14: it is no JSON: invalid character '\''`},
		"a quote left out":       {`"GET",`, `"GET,`, `s.json:14: it is no JSON: invalid character '\n' in string literal`},
		"a comma too many":       {`"GET",`, `"GET",,`, `s.json:14: it is no JSON: invalid character ','`},
		"a status as text":       {`"status": 200`, `"status": "200"`, `s.json:18: "200" is no HTTP status`},
		"no kind":                {`"kind": "api",`, ``, `s.json:10: an exchange has no field "kind"`},
		"nothing":                {aFixture, ``, `s.json:1: it is cut short`},
		"no status":              {`"status": 200,`, ``, `s.json:17: answer has no field "status"`},
		"two bodies":             {`"json":`, `"text": "x", "json":`, `s.json:17: answer has more than one body: json and text`},
		"a wrong hash":           {`"json": {"user_id": "{user.alice}", "create_at": "{time.1}"}`, `"base64": "AAA=", "sha256": "00"`, `s.json:19: the sha256 is not that of the bytes in base64`},
		"a multipart's header":   {`"method": "GET",`, `"method": "GET", "multipart": [],`, `s.json:14: request has a multipart body, so its header must have the Content-Type multipart/form-data`},
		"a part's field":         {`"method": "GET",`, `"multipart": [{"name": "a", "file": "b"}],`, `s.json:14: a part has the field "file", which format 1 does not have`},
		"a part without a name":  {`"method": "GET",`, `"multipart": [{"text": "a"}],`, `s.json:14: a part has no field "name"`},
		"a part's two bodies":    {`"method": "GET",`, `"multipart": [{"name": "a", "text": "a", "base64": "AAA="}],`, `s.json:14: a part has more than one body: text and base64`},
		"a part's line break":    {`"method": "GET",`, `"multipart": [{"name": "a\nb"}],`, `s.json:14: "a\nb" has a control character in it, which cannot be sent`},
		"a key with a $":         {`"create_at"`, `"$create"`, `s.json:19: the key "$create" is none: write "$$create" for a key that begins with "$"`},
		"a name that is none":    {`["1"]`, `["One"]`, `s.json:6: "One" is no name`},
		"something after it":     {aFixture, aFixture + "{}", `s.json:24: it is no JSON: invalid character '{' after top-level value`},
		"no method":              {`"method": "GET",`, ``, `s.json:13: request has no field "method"`},
		"a header twice":         {`"method": "GET",`, `"header": {"Range": "a", "Range": "b"},`, `s.json:14: the field "Range" is there twice: write its values as a list`},
		"a kind of names twice":  {`"user": ["alice"]`, `"user": ["alice"], "post": ["2"]`, `s.json:7: the names of kind "post" are there twice`},
		"names of another shape": {`["alice"]`, `"alice"`, `s.json:7: the names of kind "user" must be a list of texts`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recorder.ParseFixture("s.json", []byte(strings.Replace(aFixture, c.old, c.with, 1)))
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestEachBeginningOfAFixtureIsCutShort(t *testing.T) {
	whole := strings.TrimSpace(aFixture)
	for i := range whole {
		_, err := recorder.ParseFixture("s.json", []byte(whole[:i]))
		line := 1 + strings.Count(strings.TrimRight(whole[:i], "\n"), "\n")
		require.EqualError(t, err, fmt.Sprintf("recorder: s.json:%d: it is cut short", line), "the first %d bytes", i)
	}
}

func TestAMarkOfTheByteOrderIsNoMistake(t *testing.T) {
	_, err := recorder.ParseFixture("s.json", []byte("\xef\xbb\xbf"+aFixture))
	assert.NoError(t, err)
}

func TestAFixtureThatIsNotThereIsAnError(t *testing.T) {
	_, err := recorder.Load(filepath.Join(t.TempDir(), "none.json"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestNamesStandForTheSameValueWhereverTheyStand(t *testing.T) {
	f, err := recorder.ParseFixture("s.json", []byte(aFixture))
	require.NoError(t, err)
	ex := f.Exchanges()[0]
	assert.Equal(t, "/api/v4/posts/"+f.Value("post.1"), ex.Request.Path)
	assert.Equal(t, f.Value("user.alice"), ex.Response.Get("user_id").String())
	assert.Equal(t, f.Value("time.1"), ex.Response.Get("create_at").Raw, "a moment is a number")

	bound := f.With(map[string]string{"post.1": "1bnzy8w9d3f5mkz9sphcwo9wxh"})
	assert.Equal(t, "/api/v4/posts/1bnzy8w9d3f5mkz9sphcwo9wxh", bound.Exchanges()[0].Request.Path)
	assert.Equal(t, ex.Request.Path, f.Exchanges()[0].Request.Path, "and the fixture is as it was")
}

func TestTheSchemaAcceptsWhatIsWritten(t *testing.T) {
	schema := jsonschema.NewCompiler()
	compiled, err := schema.Compile("../docs/fixture.schema.json")
	require.NoError(t, err)
	accepts := func(content []byte) error {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		require.NoError(t, err)
		return compiled.Validate(document)
	}
	assert.NoError(t, accepts(firstRun.fixture(t).Bytes()))
	assert.NoError(t, accepts([]byte(aFixture)))
	assert.NoError(t, accepts([]byte(content(t, uploading("x", firstRun.channel)))))
	for _, wrong := range [][2]string{{`"format": 1`, `"format": 2`}, {`"server"`, `"sever"`}, {`"method"`, `"verb"`}, {`"method": "GET",`, ``}, {`"GET"`, `""`}, {`"create_at"`, `"$create"`}, {`"json"`, `"text": "x", "json"`}, {`"method"`, `"multipart": [], "method"`}, {`"method"`, `"header": {"Content-Type": "multipart/form-data"}, "multipart": [{"name": "\n"}], "method"`}} {
		assert.Error(t, accepts([]byte(strings.Replace(aFixture, wrong[0], wrong[1], 1))), wrong[1])
	}
}

func FuzzParseFixture(f *testing.F) {
	f.Add([]byte(aFixture))
	f.Add(firstRunBytes(f))
	f.Add([]byte(`{"format":1,"names":{},"exchanges":[{"kind":"socket","direction":"out","request":{"json":{"$json":[{"$text":"{time.2}"}]}}}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := recorder.ParseFixture("s.json", content)
		if err != nil {
			return
		}
		written := read.Bytes()
		again, err := recorder.ParseFixture("s.json", written)
		require.NoError(t, err, "what is written can be read")
		assert.Equal(t, string(written), string(again.Bytes()))
		for _, ex := range read.Exchanges() {
			if len(ex.Request.Body) > 0 && ex.Request.Get("@this").Exists() {
				json.Valid(ex.Request.Body)
			}
		}
	})
}

func firstRunBytes(f *testing.F) []byte {
	made, err := recorder.NewFixture(firstRun.session())
	require.NoError(f, err)
	return made.Bytes()
}
