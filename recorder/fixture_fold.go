package recorder

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Value returns what a name, without braces, stands for in [Fixture.Exchanges]: what
// [Fixture.With] says, or else a stand-in made from the name, which is the same in
// every run: an id for {user.alice} and {token.1}, "password-1-stand-in" for
// {password.1}, an address of this machine for {host.1}, a moment of November 2023
// for {time.1}.
func (f *Fixture) Value(name string) string {
	if bound, ok := f.values[name]; ok {
		return bound
	}
	return standIn(name)
}

// With returns the same fixture with values for some of its names, without braces,
// as {"token.1": os.Getenv("TOKEN")}.
func (f *Fixture) With(values map[string]string) *Fixture {
	next := *f
	next.values = maps.Clone(f.values)
	if next.values == nil {
		next.values = map[string]string{}
	}
	maps.Copy(next.values, values)
	return &next
}

// firstMoment is before all made-up moments, in seconds since 1970: in November 2023.
const firstMoment = 1_700_000_000

// standIn makes a value up for a name. What it makes is recognised as the same kind
// of value when the exchanges are made a fixture again.
func standIn(name string) string {
	kind, rest, _ := strings.Cut(name, ".")
	count := toInt(rest)
	switch kind {
	case "time":
		return strconv.FormatInt((firstMoment+count)*1000, 10)
	case "seconds":
		return strconv.FormatInt(firstMoment+count, 10)
	case "host":
		return "127.0.0.1:" + strconv.FormatInt(40000+count%20000, 10) // {host.site} is 40000
	case "password", "secret", "trigger", "etag", "pending":
		return kind + "-" + rest + "-stand-in"
	case "hash":
		sum := sha256.Sum256([]byte(name))
		return "0" + hex.EncodeToString(sum[:])[1:hashLength]
	}
	return idOf(name)
}

// idOf makes an id from a text. It has a digit, by which ids in texts are known.
func idOf(s string) string {
	const alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769"
	sum := sha256.Sum256([]byte(s))
	id := make([]byte, idLength)
	for i := range id {
		id[i] = alphabet[sum[i]%32]
	}
	id[0] = '1' + sum[31]%9
	return string(id)
}

// Exchanges returns the exchanges, with what their names stand for; see
// [Fixture.Value]. They have numbers from 1, and neither times nor routes.
func (f *Fixture) Exchanges() []*Exchange {
	exchanges := make([]*Exchange, len(f.exchanges))
	for i, shown := range f.exchanges {
		exchanges[i] = f.fold(shown)
		exchanges[i].Seq = int64(i + 1)
	}
	return exchanges
}

// fold returns what unfold was given.
func (f *Fixture) fold(shown *value) *Exchange {
	ex := f.foldRequest(shown)
	if answer := shown.get("answer"); answer != nil {
		ex.Response = Response{Status: int(toInt(answer.get("status").text)), Message: f.foldMessage(answer)}
	}
	if followed := shown.get("followed"); followed != nil {
		for _, s := range followed.texts() {
			ex.Followed = append(ex.Followed, f.expand(s))
		}
	}
	return ex
}

// foldRequest is fold without the answer and what followed.
func (f *Fixture) foldRequest(shown *value) *Exchange {
	ex := &Exchange{
		Kind: Kind(shown.string("kind")), Direction: Direction(shown.string("direction")),
		Actor: f.expand(shown.string("actor")), Err: f.expand(shown.string("err")),
	}
	if request := shown.get("request"); request != nil {
		ex.Request = Request{
			Method: request.string("method"), Origin: f.expand(request.string("origin")), Path: f.expand(request.string("path")),
			Query: f.foldFields(request.get("query")).Encode(), Message: f.foldMessage(request),
		}
	}
	return ex
}

func (f *Fixture) expand(s string) string {
	return expandNames(s, func(name string) string {
		value := f.Value(name)
		if f.told != nil {
			f.told(name, value)
		}
		return value
	})
}

func (f *Fixture) foldMessage(m *value) Message {
	message := Message{Header: http.Header(f.foldFields(m.get("header")))}
	switch {
	case m.get("json") != nil:
		message.Body = f.foldValue(m.get("json")).append(nil)
	case m.get("form") != nil:
		message.Body = []byte(f.foldFields(m.get("form")).Encode())
	case m.get("multipart") != nil:
		message.Body = f.foldParts(m.get("multipart"), message.Header)
	case m.get("text") != nil:
		message.Body = []byte(f.expand(m.string("text")))
	case m.get("base64") != nil:
		message.Body, _ = decodeBase64(m.string("base64")) // checked when read
	}
	message.Size = int64(len(message.Body))
	if size := m.get("size"); size != nil {
		message.Size, message.Truncated = toInt(size.text), true
	}
	return message
}

// foldFields returns the fields of a form, a query or headers; nil if there are
// none.
func (f *Fixture) foldFields(v *value) url.Values {
	if v == nil {
		return nil
	}
	fields := url.Values{}
	for i, item := range v.items {
		key := f.expand(v.keys[i])
		if item.kind != array {
			fields[key] = []string{f.foldField(item)}
			continue
		}
		fields[key] = []string{}
		for _, one := range item.items {
			fields[key] = append(fields[key], f.foldField(one))
		}
	}
	return fields
}

func (f *Fixture) foldField(v *value) string {
	if v.kind == object {
		return f.foldValue(v).text
	}
	return f.expand(v.text)
}

// foldValue returns the value that one of a file's bodies stands for.
func (f *Fixture) foldValue(v *value) *value {
	switch v.kind {
	case text:
		expanded := f.expand(v.text)
		if isMoment(v.text) {
			return &value{kind: number, text: expanded}
		}
		return textValue(expanded)
	case array:
		list := &value{kind: array, items: make([]*value, len(v.items))}
		for i, item := range v.items {
			list.items[i] = f.foldValue(item)
		}
		return list
	case object:
		if len(v.keys) == 1 && v.keys[0] == "$json" {
			return textValue(string(f.foldValue(v.items[0]).append(nil)))
		}
		if len(v.keys) == 1 && v.keys[0] == "$text" {
			return textValue(f.expand(v.items[0].text))
		}
		folded := &value{kind: object}
		for i, item := range v.items {
			key := f.expand(v.keys[i])
			if strings.HasPrefix(key, "$$") {
				key = key[1:]
			}
			folded.add(key, f.foldValue(item))
		}
		return folded
	}
	return v
}

// isMoment tells whether a text is nothing but the name of a moment, which stands
// for a number then.
func isMoment(s string) bool {
	if !strings.HasPrefix(s, "{time.") && !strings.HasPrefix(s, "{seconds.") {
		return false
	}
	return shownName.FindString(s) == s
}

// isSealed tells whether a text is nothing but the name of what an own rule has replaced,
// which may have been any value.
func isSealed(s string) bool {
	return strings.HasPrefix(s, "{secret.") && shownName.FindString(s) == s
}

// texts returns the texts of a list.
func (v *value) texts() []string {
	texts := make([]string, len(v.items))
	for i, item := range v.items {
		texts[i] = item.text
	}
	return texts
}

func decodeBase64(s string) ([]byte, error) { return base64.StdEncoding.DecodeString(s) }

// hashOf returns the SHA-256 of what base64 stands for, in hexadecimal digits.
func hashOf(encoded string) string {
	body, _ := decodeBase64(encoded)
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
