package recorder

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// scan looks for secrets that no rule has replaced, and says where it finds one.
func (o *fixtureRules) scan(n *namer, exchanges []*value) error {
	for i, ex := range exchanges {
		if err := o.scanExchange(ex, "exchanges."+strconv.Itoa(i)); err != nil {
			return err
		}
		if err := n.scanBinary(ex, "exchanges."+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

func (o *fixtureRules) scanExchange(ex *value, at string) error {
	for i, item := range ex.items {
		at := at + "." + ex.keys[i]
		if item.kind != object { // no message
			if err := o.scanValue(item, ex.keys[i], at); err != nil {
				return err
			}
			continue
		}
		for j, part := range item.items {
			scan := func() error { return o.scanValue(part, item.keys[j], at+"."+item.keys[j]) }
			if item.keys[j] == "multipart" {
				scan = func() error { return o.scanParts(part, at+".multipart") }
			}
			if err := scan(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *fixtureRules) scanValue(v *value, key, at string) error {
	if v.kind == text && !o.isPlain(key) {
		if what, found := looksSecret(v.text); found != "" {
			return fmt.Errorf("%s looks like %s (%.4s…, %d characters): replace it with recorder.RedactKey or RedactPath, or allow it with recorder.KeepKey", at, what, found, len(found))
		}
	}
	for i, item := range v.items {
		key, name := key, strconv.Itoa(i)
		if v.kind == object {
			key, name = v.keys[i], v.keys[i]
			if what, found := looksSecret(name); found != "" {
				return fmt.Errorf("a key of %s looks like %s (%.4s…)", at, what, found)
			}
		}
		if err := o.scanValue(item, key, at+"."+name); err != nil {
			return err
		}
	}
	return nil
}

// plainWords are in the keys of values that look like secrets and are none.
var plainWords = []string{"public", "hash", "etag", "preview", "fingerprint", "version", "license", "sha256", "base64", "ifnonematch"}

func (o *fixtureRules) isPlain(key string) bool {
	key = foldKey(key)
	return slices.Contains(o.plain, key) || slices.ContainsFunc(plainWords, func(word string) bool { return strings.Contains(key, word) })
}

// secretForms are the forms of the secrets of well-known services.
var secretForms = []struct {
	what string
	form *regexp.Regexp
}{
	{"a bearer token", regexp.MustCompile(`(?i)\bbearer\s+[A-Za-z0-9._~+/=-]{16,}`)},
	{"a JSON web token", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`)},
	{"a GitHub token", regexp.MustCompile(`\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})`)},
	{"a GitLab token", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{16,}`)},
	{"a Slack token", regexp.MustCompile(`\bxox[abeoprs]-[A-Za-z0-9-]{8,}`)},
	{"a Slack webhook", regexp.MustCompile(`\bhooks\.slack\.com/services/[A-Za-z0-9/]{20,}`)},
	{"an AWS access key", regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"a private key", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"a password in a URL", regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@{]+@`)},
}

var longWord = regexp.MustCompile(`[A-Za-z0-9_-]{32,}`)

// looksSecret returns the part of a text that looks like a secret, and like what.
func looksSecret(s string) (what, found string) {
	if len(s) < 16 {
		return "", ""
	}
	for _, secret := range secretForms {
		if found := secret.form.FindString(s); found != "" {
			return secret.what, found
		}
	}
	for _, r := range runs(s) {
		if isID(r.text) && hasDigit(r.text) {
			return "an id that no rule has named", r.text
		}
	}
	for _, word := range longWord.FindAllString(s, -1) {
		if isRandom(word) {
			return "a token", word
		}
	}
	return "", ""
}

// isRandom tells whether a word looks like made by a generator: capitals and small
// letters and some digits, hardly any twice.
func isRandom(word string) bool {
	const fewestDigits, leastEntropy = 4, 4.0 // bits a character; names of tests have less
	var counts [256]float64
	var digits, lower, upper int
	for i := range len(word) {
		c := word[i]
		counts[c]++
		switch {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c && c <= 'z':
			lower++
		case 'A' <= c && c <= 'Z':
			upper++
		}
	}
	entropy := 0.0
	for _, count := range counts {
		if p := count / float64(len(word)); p > 0 {
			entropy -= p * math.Log2(p)
		}
	}
	return digits >= fewestDigits && lower > 0 && upper > 0 && entropy >= leastEntropy
}

// scanBinary looks for known secrets in bodies in which nothing can be replaced.
func (n *namer) scanBinary(ex *value, at string) error {
	for _, side := range []string{"request", "answer"} {
		m := ex.get(side)
		if err := n.scanBytes(m, at+"."+side); err != nil {
			return err
		}
		if parts := m.get("multipart"); parts != nil {
			for i, p := range parts.items {
				if err := n.scanBytes(p, at+"."+side+".multipart."+strconv.Itoa(i)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// scanBytes is scanBinary for what has base64.
func (n *namer) scanBytes(v *value, at string) error {
	body, _ := decodeBase64(v.string("base64")) // that has just been made
	for _, sp := range n.spans(string(body)) {
		if secret := string(body[sp.from:sp.to]); n.known[secret].evidence == isSecret {
			return fmt.Errorf("%s.base64 has the value of {%s} in it, which cannot be replaced there", at, n.nameOf(secret))
		}
	}
	return nil
}
