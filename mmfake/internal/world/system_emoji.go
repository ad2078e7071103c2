package world

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed system_emoji.txt
var systemEmojiText string

// systemEmoji are the code points of the emoji that every server has, by name: as
// the file of its picture is called, with * where there are skin tones. The table is
// read when somebody first asks for one.
var systemEmoji = sync.OnceValue(func() map[string]string {
	table := make(map[string]string, 2048)
	for line := range strings.Lines(systemEmojiText) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		if code == "#" {
			continue
		}
		for name := range strings.FieldsSeq(names) {
			table[name] = code
		}
	}
	return table
})

// skinTones are what a name ends in and what its code points have after the first.
var skinTones = []struct{ suffix, code string }{
	{"_medium_light_skin_tone", "1f3fc"}, {"_medium_dark_skin_tone", "1f3fe"},
	{"_light_skin_tone", "1f3fb"}, {"_medium_skin_tone", "1f3fd"}, {"_dark_skin_tone", "1f3ff"},
}

// systemEmojiCode returns the code points of a system emoji, "" for an unknown name.
func systemEmojiCode(name string) string {
	if code := systemEmoji()[name]; code != "" {
		return strings.TrimSuffix(code, "*")
	}
	for _, tone := range skinTones {
		plain, toned := strings.CutSuffix(name, tone.suffix)
		if !toned {
			continue
		}
		if code, has := strings.CutSuffix(systemEmoji()[plain], "*"); has {
			first, rest, _ := strings.Cut(code, "-")
			parts := []string{first, tone.code, strings.TrimPrefix(strings.TrimPrefix(rest, "fe0f"), "-")}
			return strings.TrimSuffix(strings.Join(parts, "-"), "-")
		}
	}
	return ""
}
