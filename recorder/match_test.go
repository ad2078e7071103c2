package recorder_test

import (
	"encoding/json"
	"math"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// sample returns an exchange that has something everywhere.
func sample() *recorder.Exchange {
	return &recorder.Exchange{
		Seq: 7, Kind: recorder.KindCallback, Direction: recorder.Out, Actor: "alice",
		Request: recorder.Request{
			Method: "POST", Origin: "http://bot.test", Path: "/command", Query: "a=1&b=x+y&a=2",
			Message: message("application/x-www-form-urlencoded", "text=prod&user_name=alice&payload=%7B%22n%22%3A1%7D"),
		},
		Response: recorder.Response{
			Status: 200,
			Message: recorder.Message{
				Header: http.Header{"X-Bot": {"one", "two"}},
				Body:   []byte(`{"text":"ok","n":3.0,"big":9007199254740993,"nil":null,"list":[{"a":1,"b":2},{"a":3}],"deep":{"x":"y"}}`),
			},
		},
	}
}

func TestEachMatchSaysWhatItMisses(t *testing.T) {
	for _, c := range []struct {
		match recorder.Match
		want  string
		miss  string // "" when sample meets the match
	}{
		{recorder.OfKind(recorder.KindCallback), "kind callback", ""},
		{recorder.OfKind(recorder.KindAPI), "kind api", "kind is callback, wanted api"},
		{recorder.Going(recorder.Out), "direction out", ""},
		{recorder.Going(recorder.In), "direction in", "direction is out, wanted in"},
		{recorder.By("@alice"), "actor alice", ""},
		{recorder.By(""), "actor (none)", "actor is alice, wanted (none)"},
		{recorder.Path("/command"), "path /command", ""},
		{recorder.Path("/other"), "path /other", "path is /command, wanted /other"},
		{recorder.Query("a", "2"), "query parameter a=2", ""},
		{recorder.Query("b", "x y"), "query parameter b=x y", ""},
		{recorder.Query("a", "3"), "query parameter a=3", `query parameter a is "1, 2", wanted "3"`},
		{recorder.Query("c", "3"), "query parameter c=3", `query parameter c is absent, wanted "3"`},
		{recorder.Status(200), "status 200", ""},
		{recorder.Status(201), "status 201", "status is 200, wanted 201"},
		{recorder.Header("Accept", "x"), "request header Accept: x", `request header Accept is absent, wanted "x"`},
		{recorder.AnswerHeader("x-bot", "two"), "answer header X-Bot: two", ""},
		{recorder.AnswerHeader("x-bot", "no"), "answer header X-Bot: no", `answer header X-Bot is "one, two", wanted "no"`},
		{recorder.BodyContains("text=prod"), `request body contains "text=prod"`, ""},
		{recorder.AnswerBodyContains("zz"), `answer body contains "zz"`,
			`answer body is "{\"text\":\"ok\",\"n\":3.0,\"big\":9007199254740993,\"nil\":null,\"list\":[{\"a\":1,\"b\":2},{\"a\":3}],\"deep\":{\"x\":\"y\"}}", wanted one that contains "zz"`},
		{recorder.JSON("text", "prod"), `request JSON text equal to "prod"`, ""},
		{recorder.JSON("payload.n", 1), `request JSON payload.n equal to 1`, ""},
		{recorder.JSON("text", "test"), `request JSON text equal to "test"`, `request JSON text is "prod", wanted one equal to "test"`},
		{recorder.JSON("none", 1), `request JSON none equal to 1`, `request JSON none is absent, wanted one equal to 1`},
		{recorder.AnswerJSON("n", 3), "answer JSON n equal to 3", ""},
		{recorder.AnswerJSON("n", "3"), `answer JSON n equal to "3"`, `answer JSON n is 3.0, wanted one equal to "3"`},
		{recorder.AnswerJSON("big", int64(9007199254740992)), "answer JSON big equal to 9007199254740992",
			"answer JSON big is 9007199254740993, wanted one equal to 9007199254740992"},
		{recorder.AnswerJSON("nil", nil), "answer JSON nil equal to null", ""},
		{recorder.AnswerJSON("list.#", 2), "answer JSON list.# equal to 2", ""},
		{recorder.AnswerJSON("list.#.a", []int{1, 3}), "answer JSON list.#.a equal to [1,3]", ""},
		{recorder.AnswerJSON("deep", map[string]string{"x": "y"}), `answer JSON deep equal to {"x":"y"}`, ""},
		{recorder.AnswerJSON("deep", map[string]string{}), `answer JSON deep equal to {}`, `answer JSON deep is {"x":"y"}, wanted one equal to {}`},
		{recorder.JSONContains("text", "ro"), `request JSON text containing "ro"`, ""},
		{recorder.AnswerJSONContains("list", `"b":2`), `answer JSON list containing "\"b\":2"`, ""},
		{recorder.JSONContains("text", "x"), `request JSON text containing "x"`, `request JSON text is "prod", wanted one containing "x"`},
		{recorder.JSONMatches("text", "^p.*d$"), "request JSON text matching /^p.*d$/", ""},
		{recorder.AnswerJSONMatches("text", "^x"), "answer JSON text matching /^x/", `answer JSON text is "ok", wanted one matching /^x/`},
		{recorder.JSONSubset(map[string]any{"payload": map[string]int{"n": 1}}), `request JSON with {"payload":{"n":1}}`, ""},
		{recorder.AnswerJSONSubset(`{"list":[{"a":1},{"a":3.0}]}`), `answer JSON with {"list":[{"a":1},{"a":3.0}]}`, ""},
		{recorder.AnswerJSONSubset([]byte(`{"list":[{"a":1},{"a":4}]}`)), `answer JSON with {"list":[{"a":1},{"a":4}]}`, "answer JSON list.1.a is 3, wanted 4"},
		{recorder.AnswerJSONSubset(json.RawMessage(`{"list":[1]}`)), `answer JSON with {"list":[1]}`,
			`answer JSON list has 2 elements, wanted 1: [{"a":1,"b":2},{"a":3}]`},
		{recorder.AnswerJSONSubset(`{"deep":{"z":1}}`), `answer JSON with {"deep":{"z":1}}`, "answer JSON deep.z is absent, wanted 1"},
		{recorder.AnswerJSONSubset(`[]`), `answer JSON with []`,
			`answer JSON is {"big":9007199254740993,"deep":{"x":"y"},"list":[{"a":1,"b":2},{"a":3}],"n":3.0,"nil":null,"text":"ok"}, wanted []`},
	} {
		t.Run(c.want, func(t *testing.T) {
			assert.NoError(t, recorder.Check(c.match))
			assert.Equal(t, c.want, c.match.Want)
			assert.Equal(t, c.miss, c.match.Miss(sample()))
			assert.Equal(t, c.miss == "", c.match.Meets(sample()))
		})
	}
}

func TestNumbersAreComparedByValue(t *testing.T) {
	for _, c := range []struct {
		body  string
		value any
		equal bool
	}{
		{"3.0", 3, true},
		{"0.10", 0.1, true},
		{"1e2", 100, true},
		{"1e400", json.Number("1e400"), true},
		{"1e400", json.Number("1e401"), false},
		{"9007199254740993.0", 9007199254740993, true},
		{"9007199254740993", 9007199254740992, false},
		{"1", true, false},
		{"0", nil, false},
	} {
		ex := &recorder.Exchange{Request: recorder.Request{Message: jsonMessage(c.body)}}
		assert.Equal(t, c.equal, recorder.JSON("@this", c.value).Meets(ex), "%s and %v", c.body, c.value)
	}
}

func TestAMatchOnAnAnswerThatIsNotThereSaysWhy(t *testing.T) {
	ex := &recorder.Exchange{Err: "connection reset"}
	assert.Equal(t, "there is no answer (cut off: connection reset), wanted status 200", recorder.Status(200).Miss(ex))
	ex.Err = ""
	for _, match := range []recorder.Match{
		recorder.AnswerHeader("A", ""), recorder.AnswerBodyContains(""), recorder.AnswerJSON("a", nil),
		recorder.AnswerJSONContains("a", ""), recorder.AnswerJSONMatches("a", ""), recorder.AnswerJSONSubset(`{}`),
	} {
		assert.Equal(t, "there is no answer, wanted "+match.Want, match.Miss(ex))
	}
}

func TestAMatchOnABodyThatCannotBeReadSaysWhy(t *testing.T) {
	ex := func(m recorder.Message) *recorder.Exchange {
		return &recorder.Exchange{Request: recorder.Request{Message: m}}
	}
	match := recorder.JSON("a", 1)
	assert.Equal(t, `request body is empty, wanted request JSON a equal to 1`, match.Miss(ex(recorder.Message{})))
	assert.Equal(t, `request body is not JSON: hello, wanted request JSON a equal to 1`, match.Miss(ex(message("", "hello"))))
	cut := ex(recorder.Message{Body: []byte(`{"a":`), Size: 1000, Truncated: true})
	assert.Equal(t, `request body was kept only up to 5 of its 1000 bytes (see recorder.Limits.Body), wanted request JSON a equal to 1`, match.Miss(cut))
	assert.Equal(t, `request body is "{\"a\":" (the first 5 of 1000 bytes), wanted one that contains "x"`, recorder.BodyContains("x").Miss(cut))
}

func TestAMatchThatCanNeverBeMetSaysHowToWriteIt(t *testing.T) {
	for _, c := range []struct {
		match recorder.Match
		want  string
	}{
		{recorder.JSON("a", math.NaN()), `the value wanted at "a" cannot be written as JSON: json: unsupported value: NaN`},
		{recorder.JSONSubset("{"), "the subset wanted is not JSON: json: error calling MarshalJSON for type json.RawMessage: unexpected end of JSON input"},
		{recorder.JSONMatches("a", "["), "the expression wanted at \"a\" does not compile: error parsing regexp: missing closing ]: `[`"},
		{recorder.Match{Want: "x"}, "a condition has no Miss function (wanted: x): make it with a function of this package, or set Miss"},
		{recorder.Or[*recorder.Exchange](), "an Or without conditions is met by nothing: name at least one"},
	} {
		assert.EqualError(t, recorder.Check(c.match), c.want)
	}
}

func TestAConditionOnTheAnswerNeedsOne(t *testing.T) {
	request, answer := recorder.JSON("text", "prod"), recorder.AnswerJSON("text", "ok")
	for _, match := range []recorder.Match{
		answer, recorder.Status(200), recorder.AnswerHeader("X-Bot", "one"), recorder.AnswerBodyContains("ok"),
		recorder.AnswerJSONContains("text", "o"), recorder.AnswerJSONMatches("text", "o"), recorder.AnswerJSONSubset("{}"),
		recorder.And(request, answer), recorder.Or(request, answer), recorder.Not(answer), recorder.Not(recorder.And(request, answer)),
	} {
		assert.True(t, recorder.NeedsAnswer(match), match.Want)
	}
	for _, match := range []recorder.Match{
		request, recorder.Header("Accept", "x"), recorder.BodyContains("a"), recorder.JSONSubset("{}"), recorder.And(request, request),
		recorder.OfKind(recorder.KindAPI), recorder.Route("POST /a"), recorder.Not(request),
	} {
		assert.False(t, recorder.NeedsAnswer(match), match.Want)
	}
}

func TestWhatNoExchangeCanHaveIsAnError(t *testing.T) {
	for want, match := range map[string]recorder.Match{
		"9999 is no status":                  recorder.Status(9999),
		"-1 is no status":                    recorder.Status(-1),
		`the path "api/v4/posts" does not`:   recorder.Path("api/v4/posts"),
		`the direction "sideways" is neithe`: recorder.Going("sideways"),
	} {
		assert.ErrorContains(t, recorder.Check(recorder.Not(match)), want)
	}
	for _, sound := range []recorder.Match{recorder.Status(0), recorder.Status(599), recorder.Path(""), recorder.Path("/"), recorder.Going(recorder.Out)} {
		assert.NoError(t, recorder.Check(sound))
	}
}
