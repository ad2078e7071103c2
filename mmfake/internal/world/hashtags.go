package world

import (
	"strings"
	"unicode"
)

const longestHashtags = 1000 // bytes

// hashtags returns the hashtags of a text, separated by blanks: a # and a letter,
// then letters, digits, dots, dashes and underscores, a letter or digit last.
// What surrounds a word does not matter (recorded from 11.6.0), and several # before it
// are one.
func hashtags(text string) string {
	if !strings.Contains(text, "#") {
		return ""
	}
	var tags strings.Builder
	for word := range strings.FieldsSeq(text) {
		tag := strings.TrimLeftFunc(word, func(r rune) bool { return r != '#' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		tag = strings.TrimRightFunc(tag, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if strings.HasPrefix(tag, "##") {
			tag = "#" + strings.TrimLeft(tag, "#")
		}
		if !isHashtag(tag) {
			continue
		}
		if tags.Len()+1+len(tag) > longestHashtags {
			break
		}
		if tags.Len() > 0 {
			tags.WriteByte(' ')
		}
		tags.WriteString(tag)
	}
	return tags.String()
}

func isHashtag(tag string) bool {
	name := []rune(strings.TrimPrefix(tag, "#"))
	if len(tag) == 0 || tag[0] != '#' || len(name) < 2 || !unicode.IsLetter(name[0]) {
		return false
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r) {
			return false
		}
	}
	last := name[len(name)-1]
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// namesAfter returns the lower-case names that follow a sign at the begin of a
// word. A name may end in a dot, dash or underscore: then the name without it is
// returned too.
func namesAfter(sign rune, text string) []string {
	var names []string
	before := ' '
	for i, r := range text {
		if r == sign && !isNameRune(before) && before != sign {
			rest := text[i+1:]
			end := strings.IndexFunc(rest, func(r rune) bool { return !isNameRune(r) })
			if end >= 0 {
				rest = rest[:end]
			}
			for name := strings.ToLower(rest); name != ""; {
				names = append(names, name)
				cut := strings.TrimRight(name, ".-_:")
				if cut == name {
					break
				}
				name = cut
			}
		}
		before = r
	}
	return names
}

func isNameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_'
}
