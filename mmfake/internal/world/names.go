package world

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// The forms that names have. Nobody is found by a text of another form: the real
// server says so before it looks.
var (
	channelNameForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	channelNameFormOld = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*[a-z0-9]$`)
)

// ValidUsername says whether a user may have that name (facts 2.6).
func (w *World) ValidUsername(name string) bool {
	switch name {
	case "", "all", "channel", "matterbot":
		return false
	case "system":
		return !w.version.Has(versions.SystemNameReserved)
	}
	return len(name) <= 64 && onlyOf(name, lettersAndDigits+".-_")
}

// ValidTeamName says whether a team may have that name, reserved words aside (facts
// 3.1): letters, digits and inner dashes, or two words with two underscores between.
func (w *World) ValidTeamName(name string) bool {
	if before, after, ok := strings.Cut(name, "__"); ok {
		return before != "" && after != "" && onlyOf(before+after, lettersAndDigits)
	}
	return len(name) > 1 && onlyOf(name[:1]+name[len(name)-1:], lettersAndDigits) && onlyOf(name, lettersAndDigits+"-")
}

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

// onlyOf says whether a text has no other characters than those of a set.
func onlyOf(text, set string) bool { return strings.Trim(text, set) == "" }

// ValidChannelName says whether a channel may have that name, as far as its
// letters go (facts 3.4). Categories and names of preferences follow the same rule.
func (w *World) ValidChannelName(name string) bool {
	if w.version.Has(versions.OneLetterChannels) {
		return channelNameForm.MatchString(name)
	}
	return channelNameFormOld.MatchString(name)
}

const longestEmail = 128 // bytes

// ValidAddress says whether a text is an e-mail address that a user may have, as
// far as its form goes.
func (w *World) ValidAddress(address string) bool { return validEmail(address) }

func validEmail(address string) bool {
	if address == "" || len(address) > longestEmail || strings.ToLower(address) != address {
		return false
	}
	if local, domain, ok := strings.Cut(address, "@"); ok && isDotted(local) && isDotted(domain) {
		return true // as nearly all are: no need to parse it
	}
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Name == "" && !strings.ContainsAny(address, "<> ")
}

// isDotted says whether a text is words of plain letters, digits, dashes and
// underscores with dots between them.
func isDotted(s string) bool {
	last := byte('.')
	for i := range len(s) {
		c := s[i]
		if c == '.' && last == '.' || c != '.' && c != '-' && c != '_' && !('a' <= c && c <= 'z') && !('0' <= c && c <= '9') {
			return false
		}
		last = c
	}
	return last != '.'
}

// locales are the languages that the real server speaks. Who signs up with another
// one gets the default.
var locales = []string{
	"bg", "cs", "de", "el", "en", "en-AU", "es", "fa", "fr", "he", "hi", "hr", "hu", "it", "ja", "ka", "kk", "ko", "lt",
	"nl", "pl", "pt-BR", "ro", "ru", "sl", "sv", "tr", "uk", "vi", "zh-CN", "zh-TW",
}

// languages are the two-letter codes that there are.
const languages = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu " +
	"fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky " +
	"la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw " +
	"sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"

var localeForm = regexp.MustCompile(`^([a-z]{2,3})([-_][a-z0-9]+)?$`)

// validLocale says whether a text of up to five letters names a language, perhaps
// with a region. Old versions take any.
func (w *World) validLocale(locale string) bool {
	if locale == "" || slices.Contains(locales, locale) || !w.version.Has(versions.LocaleChecked) {
		return true
	}
	m := localeForm.FindStringSubmatch(strings.ToLower(locale))
	return len(locale) <= 5 && m != nil && (len(m[1]) == 3 || slices.Contains(strings.Fields(languages), m[1]))
}
