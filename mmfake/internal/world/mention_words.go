package world

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// keywords are the words besides @name that mention a user, in any case.
func keywords(u *model.User) []string {
	var words []string
	for word := range strings.SplitSeq(u.NotifyProps["mention_keys"], ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// callName is the first name of a user who wants to be mentioned by it, in just
// that case: so says the real server's setting. It is "" for the others.
func callName(u *model.User) string {
	if u.NotifyProps["first_name"] == "true" {
		return u.FirstName
	}
	return ""
}

// hasKeyword says whether a text mentions a user by one of his words.
func hasKeyword(u *user, text string) bool {
	keys, name := keywords(u.User), callName(u.User)
	for word := range textWords(text) {
		if name != "" && word == name || slices.ContainsFunc(keys, func(key string) bool { return strings.EqualFold(word, key) }) {
			return true
		}
	}
	return false
}

// The characters besides letters and digits that words are made of, and those of
// them that may as well end one.
const (
	inWords  = ".-:_@"
	endWords = ".-:_"
)

// textWords are the words of a text as mentions count them: each as it stands,
// without what may end a sentence, and the parts between dots, dashes and colons.
// An emoji is none.
func textWords(text string) iter.Seq[string] {
	outside := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(inWords, r)
	}
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(text, outside) {
			if strings.HasPrefix(word, ":") && strings.HasSuffix(word, ":") {
				continue
			}
			word = strings.TrimLeft(word, endWords)
			bare := strings.TrimRight(word, endWords)
			if !yield(word) || bare != word && !yield(bare) {
				return
			}
			if strings.HasPrefix(word, "@") || !strings.ContainsAny(bare, ".-:") {
				continue
			}
			for part := range strings.FieldsFuncSeq(bare, func(r rune) bool { return strings.ContainsRune(".-:", r) }) {
				if !yield(part) {
					return
				}
			}
		}
	}
}

// spoken is what a text says to its readers: without code, and without where links
// lead.
func spoken(text string) string {
	text = withoutCode(text)
	if strings.Contains(text, "](") {
		text = linkTargets.ReplaceAllString(text, "]")
	}
	return text
}

// linkTargets are the addresses of links and pictures in Markdown, with their titles.
var linkTargets = regexp.MustCompile(`\]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`)

var codeSpans = regexp.MustCompile("(?s)(?:^|\n)~~~.*?(?:\n~~~|$)|```.*?(?:```|$)|``.+?``|`[^`]+`")

// withoutCode blanks out what Markdown shows as code: it mentions nobody.
func withoutCode(text string) string {
	if strings.Contains(text, "`") || strings.Contains(text, "~~~") {
		text = codeSpans.ReplaceAllString(text, " ")
	}
	return withoutIndented(text)
}

var listItem = regexp.MustCompile(`^ {0,3}(?:[-+*]|[0-9]{1,9}[.)])(?: |\t|$)`)

// withoutIndented drops blocks of code that are code by their indentation: after a
// blank line, or at the begin of the text, and not within a list.
func withoutIndented(text string) string {
	if !indented(text) && !strings.Contains(text, "\n    ") && !strings.Contains(text, "\n\t") {
		return text
	}
	var kept []string
	mayBegin, inList := true, false
	for line := range strings.SplitSeq(text, "\n") {
		switch blank := strings.TrimSpace(line) == ""; {
		case blank:
			mayBegin = true
		case indented(line) && mayBegin && !inList:
			continue
		default:
			inList = listItem.MatchString(line) || inList && (indented(line) || !mayBegin)
			mayBegin = false
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

func indented(line string) bool {
	return strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
}
