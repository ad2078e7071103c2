package recorder

import (
	"strings"
	"unicode"
)

// An id is 26 lower-case letters and digits.
const idLength = 26

func isID(s string) bool {
	if len(s) != idLength {
		return false
	}
	for i := range len(s) {
		if !isLowerOrDigit(s[i]) {
			return false
		}
	}
	return true
}

// A hash is 32 hexadecimal digits, as of a server's settings in its version.
const hashLength = 32

func isHash(s string) bool {
	return len(s) == hashLength && strings.Trim(s, "0123456789abcdef") == "" && hasDigit(s)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func isLowerOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func isAlphanumeric(c byte) bool { return isLowerOrDigit(c) || 'A' <= c && c <= 'Z' }

// A run is a part of a text that is all letters and digits.
type run struct {
	text string
	from int
}

// runs returns the runs of a text that may be an id, a hash or a moment: the others
// are left out.
func runs(s string) []run {
	var found []run
	for i := 0; i < len(s); i++ {
		from := i
		for i < len(s) && isAlphanumeric(s[i]) {
			i++
		}
		if word := s[from:i]; isID(word) || isHash(word) || isMilliseconds(word) {
			found = append(found, run{word, from})
		}
	}
	return found
}

func (r run) afterSlash(s string) bool { return r.from > 0 && s[r.from-1] == '/' }

// lastSegment returns what follows the last slash.
func lastSegment(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// lastWord returns the last segment of a path that names many things, as "posts"
// in /channels/…/posts and "users" in /users/me.
func lastWord(path string) string {
	segments := strings.Split(path, "/")
	for i := len(segments) - 1; i >= 0; i-- {
		if s := segments[i]; strings.HasSuffix(s, "s") && !isID(s) {
			return s
		}
	}
	return ""
}

// otherWords are words for things that have another name of their own.
var otherWords = map[string]string{
	"bot": "user", "creator": "user", "member": "user", "owner": "user", "sender": "user", "author": "user", "mention": "user",
	"root": "post", "parent": "post", "original": "post", "thread": "post", "order": "post", "info": "file", "incoming": "hook", "outgoing": "hook",
}

// kindOfKey returns what the ids under a key such as channel_id or user_ids are,
// "" where the key is none of these.
func kindOfKey(key string) string {
	key = strings.ToLower(key)
	word, found := strings.CutSuffix(key, "_id")
	if !found {
		word, found = strings.CutSuffix(key, "_ids")
	}
	if !found {
		return ""
	}
	return kindOfWord(word)
}

// kindOfWord returns the kind of name for what a word, perhaps of many and with
// other words before it, means: "post" for root_posts. It is "id" for what is no
// word.
func kindOfWord(word string) string {
	word = strings.ToLower(word[strings.LastIndexByte(word, '_')+1:])
	switch {
	case strings.HasSuffix(word, "ies"):
		word = strings.TrimSuffix(word, "ies") + "y"
	case !strings.HasSuffix(word, "ss"):
		word = strings.TrimSuffix(word, "s")
	}
	if other := otherWords[word]; other != "" {
		return other
	}
	if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" || ownKinds[word] {
		return "id"
	}
	return word
}

// ownKinds are the kinds of names that stand for other things than ids.
var ownKinds = map[string]bool{
	"brace": true, "etag": true, "hash": true, "host": true, "password": true, "pending": true, "seconds": true, "secret": true, "time": true,
	"trigger": true,
}

// secretKinds are the kinds of names that stand for secrets.
var secretKinds = map[string]bool{"hook": true, "password": true, "secret": true, "token": true, "trigger": true}

// wholeKindOf is wholeKind for a text that stands under the key: "" for what is none of the
// kind, but a switch or, where that cannot be a password, a number.
func wholeKindOf(key, s string) string {
	kind := wholeKind(key)
	if s == "" || s == "true" || s == "false" || kind != "password" && len(s) < 12 && isDigits(s) {
		return ""
	}
	return kind
}

// cutScheme parts the value of an Authorization header, as "Bearer" and what
// follows.
func cutScheme(s string) (scheme, credentials string) {
	scheme, credentials, found := strings.Cut(s, " ")
	if !found {
		return "", s
	}
	return scheme + " ", credentials
}

// isWord tells whether a secret is a word that may stand in texts by chance as well, such as
// the password "password".
func isWord(secret string) bool {
	const longest = 15
	return len(secret) <= longest && !strings.ContainsFunc(secret, func(c rune) bool { return !unicode.IsLetter(c) })
}

// isHostAt tells whether a host that stands in a text is all of the name that stands there: a
// longer one, or one with another port, is another host. Of a name without a dot, such as
// "mattermost", only a URL is sure. One with a port is taken for itself wherever it stands.
func isHostAt(s string, from, to int) bool {
	before, host, after := s[:from], s[from:to], s[to:]
	inURL := strings.HasSuffix(before, "//") || strings.EqualFold(before[max(0, from-3):], "%2f")
	switch {
	case strings.Contains(host, ":"):
		return after == "" || !isDigits(after[:1])
	case !inURL && (!strings.Contains(host, ".") || before != "" && (before[from-1] == '.' || isInHost(before[from-1:]))):
		return false
	}
	return after == "" || !isInHost(after) && !(len(after) > 1 && strings.ContainsRune(".:", rune(after[0])) && isInHost(after[1:]))
}

// isInHost tells whether a text begins as the name of a host goes on.
func isInHost(s string) bool { return isAlphanumeric(s[0]) || s[0] == '-' }
