package world

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// mostTerms is how many of a search's terms count; what follows is not looked at.
const mostTerms = 64

// A searchQuery is what somebody looks for (facts 4.5). Words and hashtags are two
// questions: what answers one of them is found.
type searchQuery struct {
	words, notWords   []searchTerm
	tags, notTags     []string // with #
	either            bool     // one of the words, or of the tags, is enough
	from, notFrom     []string // user names
	in, notIn         []string // channel names or ids
	on, notOn         []day
	before, notBefore []day
	after, notAfter   []day
	modified          bool // there is a modifier
}

// A searchTerm is a word, or words that stand side by side.
type searchTerm struct {
	words  []string
	prefix bool // the last one may go on
}

// A day is the time from its first millisecond up to the next day's.
type day struct{ from, to int64 }

// no is a day of which nothing is known: nothing happened on it, before or after it.
var no = day{}

// parseSearch reads search terms. zone is the number of seconds that the reader's
// clock is ahead of UTC.
func parseSearch(text string, either bool, zone int) *searchQuery {
	q := &searchQuery{either: either}
	tokens := searchTokens(text)
	for i := 0; i < len(tokens); i++ {
		token, not := strings.CutPrefix(tokens[i], "-")
		flag, value, ok := strings.Cut(token, ":")
		if set := q.modifier(strings.ToLower(flag), not, zone); ok && set != nil {
			if value == "" && i+1 < len(tokens) { // from: alice
				i++
				value = tokens[i]
			}
			set(value)
			q.modified = true
			continue
		}
		q.add(token, not)
	}
	return q
}

// searchTokens cuts a text at blanks that are not within quotes.
func searchTokens(text string) []string {
	var tokens []string
	for len(tokens) < mostTerms {
		text = strings.TrimLeft(text, " \t\r\n\f\v")
		if text == "" {
			break
		}
		end := tokenEnd(text)
		tokens = append(tokens, text[:end])
		text = text[end:]
	}
	return tokens
}

func tokenEnd(text string) int {
	quoted := false
	for i, r := range text {
		switch {
		case r == '"':
			if quoted {
				return i + 1
			}
			quoted = strings.Contains(text[i+1:], `"`)
		case !quoted && strings.ContainsRune(" \t\r\n\f\v", r):
			return i
		}
	}
	return len(text)
}

// modifier returns what sets a modifier's value, nil for a word that is none.
func (q *searchQuery) modifier(flag string, not bool, zone int) func(string) {
	names := func(yes, no *[]string) func(string) {
		if not {
			yes = no
		}
		return func(value string) { *yes = append(*yes, strings.ToLower(value)) }
	}
	days := func(yes, no *[]day) func(string) {
		if not {
			yes = no
		}
		return func(value string) { *yes = append(*yes, parseDay(value, zone)) }
	}
	switch flag {
	case "from":
		return names(&q.from, &q.notFrom)
	case "in", "channel":
		return names(&q.in, &q.notIn)
	case "on":
		return days(&q.on, &q.notOn)
	case "before":
		return days(&q.before, &q.notBefore)
	case "after":
		return days(&q.after, &q.notAfter)
	}
	return nil
}

var paddable = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)

// parseDay reads a date such as 2026-01-31; one that is none is the day no.
func parseDay(text string, zone int) day {
	if !paddable.MatchString(text) {
		return no
	}
	t, err := time.ParseInLocation("2006-1-2", text, time.FixedZone("", zone))
	if err != nil {
		return no
	}
	return day{t.UnixMilli(), t.AddDate(0, 0, 1).UnixMilli()}
}

// add puts in a word, a phrase or a hashtag.
func (q *searchQuery) add(token string, not bool) {
	if isHashtag(token) {
		if not {
			q.notTags = append(q.notTags, token)
		} else {
			q.tags = append(q.tags, token)
		}
		return
	}
	term := searchTerm{words: slices.Collect(eachWord(token)), prefix: strings.HasSuffix(token, "*")}
	switch {
	case len(term.words) == 0:
	case not:
		q.notWords = append(q.notWords, term)
	default:
		q.words = append(q.words, term)
	}
}

// empty says whether the query asks for nothing at all.
func (q *searchQuery) empty() bool {
	return !q.modified && len(q.words)+len(q.notWords)+len(q.tags)+len(q.notTags) == 0
}

// in says whether the words contain the term.
func (t searchTerm) in(words []string) bool {
	for i := 0; i+len(t.words) <= len(words); i++ {
		if t.at(words[i:]) {
			return true
		}
	}
	return false
}

// at says whether the words begin with the term.
func (t searchTerm) at(words []string) bool {
	last := len(t.words) - 1
	for i, word := range t.words {
		if i == last && t.prefix && hasPrefixFold(words[i], word) {
			continue
		}
		if !strings.EqualFold(words[i], word) {
			return false
		}
	}
	return true
}

// hasPrefixFold is strings.HasPrefix that takes capitals for small letters.
func hasPrefixFold(word, prefix string) bool {
	end := 0
	for range utf8.RuneCountInString(prefix) {
		if end == len(word) {
			return false
		}
		_, size := utf8.DecodeRuneInString(word[end:])
		end += size
	}
	return strings.EqualFold(word[:end], prefix)
}
