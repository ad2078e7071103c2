package recorder

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// BodyContains is met by exchanges whose request body, or websocket message,
// contains the text.
func BodyContains(text string) Match { return bodyContains(request, text) }

// AnswerBodyContains is [BodyContains] for the answer.
func AnswerBodyContains(text string) Match { return bodyContains(answer, text) }

// JSON is met by exchanges whose request body has, at a path as [Message.Get]
// takes it, a value that is equal to value as encoding/json encodes it.
// Numbers are compared by value, objects without regard to order. Nil stands
// for a JSON null; what is absent is equal to nothing. A form counts as an object
// of texts, so JSON("text", "prod") is met by a slash command's request, too.
func JSON(path string, value any) Match { return jsonEquals(request, path, value) }

// AnswerJSON is [JSON] for the answer.
func AnswerJSON(path string, value any) Match { return jsonEquals(answer, path, value) }

// JSONContains is met by exchanges whose request body has, at a path as
// [Message.Get] takes it, a string that contains the text. Any other value is
// searched as its JSON.
func JSONContains(path, text string) Match { return jsonContains(request, path, text) }

// AnswerJSONContains is [JSONContains] for the answer.
func AnswerJSONContains(path, text string) Match { return jsonContains(answer, path, text) }

// JSONMatches is met by exchanges whose request body has, at a path as
// [Message.Get] takes it, a string in which the regular expression (of package
// regexp) finds something. Any other value is searched as its JSON.
// An expression that does not compile sets Err.
func JSONMatches(path, expression string) Match { return jsonMatches(request, path, expression) }

// AnswerJSONMatches is [JSONMatches] for the answer.
func AnswerJSONMatches(path, expression string) Match { return jsonMatches(answer, path, expression) }

// JSONSubset is met by exchanges whose request body has everything that value
// has: each field of an object with a value that has everything in its turn,
// and each element of an array, which must be as long. Value is whatever
// encoding/json encodes; a string, a []byte or a json.RawMessage is taken as
// JSON text. What is not JSON sets Err.
func JSONSubset(value any) Match { return jsonSubset(request, value) }

// AnswerJSONSubset is [JSONSubset] for the answer.
func AnswerJSONSubset(value any) Match { return jsonSubset(answer, value) }

func bodyContains(side side, text string) Match {
	want := side.name + " body contains " + strconv.Quote(text)
	return Match{
		About: side.about,
		Want:  want,
		Miss: func(ex *Exchange) string {
			if miss := side.missing(ex); miss != "" {
				return miss + ", wanted " + want
			}
			message := side.of(ex)
			if strings.Contains(message.Text(), text) {
				return ""
			}
			kept := ""
			if message.Truncated {
				kept = fmt.Sprintf(" (the first %d of %d bytes)", len(message.Body), message.Size)
			}
			return fmt.Sprintf("%s body is %q%s, wanted one that contains %q", side.name, clip(message.Text()), kept, text)
		},
	}
}

func jsonEquals(side side, path string, value any) Match {
	wanted, err := toTree(value)
	if err != nil {
		err = fmt.Errorf("the value wanted at %q cannot be written as JSON: %w", path, err)
	}
	text := " equal to " + treeText(wanted)
	long := len(wholeText(wanted)) > clipAt
	return jsonAt(side, path, text, err, func(got gjson.Result) string {
		tree, err := parseTree([]byte(got.Raw))
		if err != nil {
			return differently
		}
		difference := firstDifference(path, wanted, tree, false)
		if difference != "" && !long && len(got.Raw) <= clipAt {
			return differently // both are shown as a whole
		}
		return difference
	})
}

func jsonContains(side side, path, text string) Match {
	return jsonAt(side, path, " containing "+strconv.Quote(text), nil, func(got gjson.Result) string {
		return unless(strings.Contains(got.String(), text))
	})
}

func jsonMatches(side side, path, expression string) Match {
	compiled, err := regexp.Compile(expression)
	if err != nil {
		err = fmt.Errorf("the expression wanted at %q does not compile: %w", path, err)
	}
	return jsonAt(side, path, " matching /"+expression+"/", err, func(got gjson.Result) string {
		return unless(compiled.MatchString(got.String()))
	})
}

// differently is how a value misses what is wanted where that says all.
const differently = "differently"

func unless(meets bool) string {
	if meets {
		return ""
	}
	return differently
}

// jsonAt is met by exchanges whose body has something at path that is as text
// says. How says how a value is not, or just differently.
func jsonAt(side side, path, text string, err error, how func(gjson.Result) string) Match {
	what := side.name + " JSON " + path
	return Match{
		About: side.about,
		Want:  what + text,
		Miss: func(ex *Exchange) string {
			document, miss := side.document(ex)
			if miss != "" {
				return miss + ", wanted " + what + text
			}
			got := gjson.GetBytes(document, path)
			if !got.Exists() {
				return what + " is absent, wanted one" + text
			}
			switch miss := how(got); miss {
			case "":
				return ""
			case differently:
				return what + " is " + clip(got.Raw) + ", wanted one" + text
			default:
				return side.name + " JSON " + miss
			}
		},
		Err: err,
	}
}

func jsonSubset(side side, value any) Match {
	switch text := value.(type) {
	case string:
		value = json.RawMessage(text)
	case []byte:
		value = json.RawMessage(text)
	}
	wanted, err := toTree(value)
	if err != nil {
		err = fmt.Errorf("the subset wanted is not JSON: %w", err)
	}
	want := side.name + " JSON with " + treeText(wanted)
	return Match{
		About: side.about,
		Want:  want,
		Miss: func(ex *Exchange) string {
			document, miss := side.document(ex)
			if miss != "" {
				return miss + ", wanted " + want
			}
			got, err := parseTree(document)
			if err != nil {
				return side.name + " body cannot be read: " + err.Error()
			}
			if difference := firstDifference("", wanted, got, true); difference != "" {
				return side.name + " JSON " + difference
			}
			return ""
		},
		Err: err,
	}
}

// document returns the body of a side as one JSON value, or what it misses.
func (s side) document(ex *Exchange) (document []byte, miss string) {
	if miss := s.missing(ex); miss != "" {
		return nil, miss
	}
	document, problem := s.of(ex).document()
	if problem != "" {
		return nil, s.name + " body " + problem
	}
	return document, ""
}
