package recorder

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A namer gives names to the values of one session. It first walks through all of
// it to learn what each value is (learn…), because an id in a text is often seen
// before the key that says whose it is; puts in order what chance has put in another
// (arrange), after which it learns again, for the first sighting counts; and writes
// names in the place of values (name…).
type namer struct {
	rules *fixtureRules
	known map[string]sighting // by value
	nice  map[string]string   // a name that the session tells for an id
	long  map[string][]string // values that are no ids, by their first bytes; see learned

	whole map[string]bool // secrets that are all of a text
	seen  map[string]int  // which value was seen as which, from 1

	times, seconds []int64 // sorted, each once, when learned

	names  map[string]string // by value
	taken  map[string]bool   // names given
	counts map[string]int    // by kind
	order  []string          // names in the order in which they were given
}

func newNamer(rules *fixtureRules) *namer {
	n := &namer{
		rules: rules, known: map[string]sighting{}, nice: map[string]string{}, long: map[string][]string{},
		whole: map[string]bool{}, seen: map[string]int{}, names: map[string]string{}, taken: map[string]bool{}, counts: map[string]int{},
	}
	for _, name := range rules.named {
		n.taken[name] = true
	}
	return n
}

// A sighting is what is known of a value.
type sighting struct {
	kind     string
	evidence evidence
}

// evidence is how sure the kind of a value is. The first sighting of the strongest
// evidence counts.
type evidence int

const (
	inText   evidence = iota + 1 // it looks like an id
	byWord                       // its key is a word, as order
	byPlace                      // the path, or the key of the object around it
	byKey                        // its own key, as channel_id
	isSecret                     // it must not be seen
)

// evidenceOf is that of a value of which it is sure that it is of a kind.
func evidenceOf(kind string) evidence {
	if secretKinds[kind] {
		return isSecret
	}
	return byKey
}

func (n *namer) learn(value, kind string, e evidence) {
	if n.seen[value] == 0 {
		n.seen[value] = len(n.seen) + 1
	}
	if value != "" && e > n.known[value].evidence {
		n.known[value] = sighting{kind, e}
	}
}

// learnExchange learns from an exchange as unfold returns it.
func (n *namer) learnExchange(ex *value) {
	if request := ex.get("request"); request != nil {
		path := request.string("path")
		if ex.string("kind") == string(KindWebhook) {
			n.learn(lastSegment(path), "hook", isSecret)
		}
		n.learnMessage(request, path)
		n.learnMessage(ex.get("answer"), path)
	}
	n.learnValue(ex.get("followed"), spot{})
	n.learnText(ex.string("err"))
}

// A spot is where a value stands.
type spot struct {
	key string // its own key, or that of the list in which it is
	of  string // the key, or the last word of the path, that names the object in which it is
}

func (n *namer) learnMessage(m *value, path string) {
	if m == nil {
		return
	}
	n.learnText(m.string("origin"))
	n.learnText(m.string("path"))
	n.learnText(m.string("text"))
	n.learnValue(m.get("query"), spot{})
	n.learnValue(m.get("header"), spot{})
	for _, key := range []string{"json", "form"} {
		n.learnValue(m.get(key), spot{of: lastWord(path)})
	}
	n.learnParts(m.get("multipart"), path)
}

func (n *namer) learnValue(v *value, at spot) {
	if v == nil {
		return
	}
	switch v.kind {
	case text:
		n.learnString(v, at)
	case number:
		n.learnTime(v.text, at.key)
	case array, embedded:
		for _, item := range v.items {
			n.learnValue(item, at)
		}
	case object:
		n.learnObject(v, at)
	}
}

func (n *namer) learnString(v *value, at spot) {
	kind := wholeKind(at.key)
	if kind != "" || v.sealed {
		n.whole[v.text] = true
	}
	switch {
	case v.sealed:
		n.learn(v.text, "secret", isSecret)
	case strings.EqualFold(at.key, "authorization"):
		_, credentials := cutScheme(v.text)
		n.learn(credentials, "token", isSecret)
	case wholeKindOf(at.key, v.text) != "":
		n.learn(v.text, kind, evidenceOf(kind))
	case isID(v.text):
		n.learnID(v.text, at)
	default:
		n.learnTime(v.text, at.key)
		n.learnText(v.text)
	}
}

// learnID learns from an id that is a whole text.
func (n *namer) learnID(id string, at spot) {
	if kind := kindOfKey(at.key); kind != "" {
		n.learn(id, kind, byKey)
		return
	}
	if at.key == "id" {
		n.learn(id, kindOfWord(at.of), byPlace)
	} else {
		n.learn(id, kindOfWord(at.key), byWord)
	}
}

// learnObject learns from an object. What stands under an id in it is one of the
// things that the object's own key names, as in "posts": {"…": {"id": "…"}}.
func (n *namer) learnObject(v *value, at spot) {
	n.learnNice(v)
	of := at.of
	if at.key != "" {
		of = at.key
	}
	for i, item := range v.items {
		key := v.keys[i]
		if isID(key) {
			n.learn(key, kindOfWord(of), byPlace)
			n.learnValue(item, spot{key: of, of: of})
			continue
		}
		n.learnText(key)
		n.learnValue(item, spot{key: key, of: of})
	}
}

// niceKeys are the keys whose text is a good name for the id beside it.
var niceKeys = []struct{ id, name string }{
	{"id", "username"}, {"user_id", "username"}, {"user_id", "user_name"},
	{"id", "name"}, {"channel_id", "channel_name"}, {"team_id", "team_name"}, {"team_id", "team_domain"},
}

// learnNice learns how the ids of an object are called among people.
func (n *namer) learnNice(v *value) {
	for _, keys := range niceKeys {
		id, name := v.string(keys.id), v.string(keys.name)
		if !isID(id) || name == "" {
			continue
		}
		if keys.name == "username" {
			n.learn(id, "user", byKey)
		}
		if name = strings.ToLower(name); n.nice[id] == "" && isNice(name) {
			n.nice[id] = name
		}
	}
}

var (
	niceName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)
	aLetter  = regexp.MustCompile(`[a-z]`)
)

// isNice tells whether a text can be the second part of a name. One without a
// letter could be taken for a count, one with an id tells nobody anything.
func isNice(name string) bool {
	return niceName.MatchString(name) && aLetter.MatchString(name) &&
		!slices.ContainsFunc(runs(name), func(r run) bool { return isID(r.text) })
}

// learnText learns from what stands inside of a text, but not inside of secrets that
// have been learned from their keys.
func (n *namer) learnText(s string) {
	for i := 0; i < len(s); i++ {
		if to := n.longAt(s, i); to > 0 && n.whole[s[i:to]] {
			n.learnPart(s[:i])
			s, i = s[to:], -1
		}
	}
	n.learnPart(s)
}

// learnPart learns ids in the paths of URLs, hosts of this machine, and what is
// written like a secret.
func (n *namer) learnPart(s string) {
	for _, m := range hostHere.FindAllString(s, -1) {
		n.learn(m, "host", byKey)
	}
	for _, m := range secretInText.FindAllStringSubmatch(s, -1) {
		for _, secret := range m[1:] {
			n.learn(secret, "secret", isSecret)
		}
	}
	inHooks := strings.Contains(s, "/hooks/")
	for _, r := range runs(s) {
		switch {
		case isID(r.text) && inHooks && r.afterSlash(s):
			n.learn(r.text, "hook", isSecret)
		case isID(r.text) && r.afterSlash(s):
			n.learn(r.text, kindOfWord(lastSegment(s[:r.from-1])), byPlace)
		case isID(r.text) && hasDigit(r.text):
			n.learn(r.text, "id", inText)
		case isHash(r.text):
			n.learn(r.text, "hash", inText)
		case isMilliseconds(r.text):
			n.times = append(n.times, toInt(r.text))
		}
	}
}

var (
	hostHere = regexp.MustCompile(`\b(?:127\.0\.0\.1|localhost|\[::1\]):[0-9]{2,5}\b`)
	// secretInText finds what JSON that is not read, a query or a header would say.
	secretInText = regexp.MustCompile(`(?i)"[a-z_-]*(?:token|password|secret|apikey|api_key)\\*"\s*:\s*\\*"([^"\\]{4,})\\*"|` +
		`\b[a-z_-]*(?:token|password|secret|apikey|api_key)=([^\s&"']{4,})|\bbearer\s+([A-Za-z0-9._~+/=-]{16,})`)
)

// learnTime learns from a number, or a text that is one.
func (n *namer) learnTime(digits, key string) {
	switch momentUnder(key, digits) {
	case milliseconds:
		n.times = append(n.times, toInt(digits))
	case seconds:
		n.seconds = append(n.seconds, toInt(digits))
	}
}

// A unit is what a moment counts since 1970.
type unit int

const (
	notTime unit = iota
	milliseconds
	seconds
)

// momentUnder tells whether digits under a key are a moment. What a key says of
// moments is believed from 1973 on, any other number only if it is of these years.
func momentUnder(key, digits string) unit {
	if isMilliseconds(digits) {
		return milliseconds
	}
	if key = foldKey(key); !strings.HasSuffix(key, "at") && !strings.Contains(key, "time") && !strings.HasPrefix(key, "expire") {
		return notTime
	}
	switch moment := toInt(digits); {
	case len(digits) > 13 || moment < 1e8:
		return notTime
	case moment < 1e11:
		return seconds
	}
	return milliseconds
}

// isMilliseconds tells whether digits are a moment between 2017 and 2049.
func isMilliseconds(digits string) bool {
	return len(digits) == 13 && digits >= "1500000000000" && digits < "2500000000000" && isDigits(digits)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// toInt returns what the digits are, 0 if they are none.
func toInt(digits string) int64 {
	if !isDigits(digits) {
		return 0
	}
	i, _ := strconv.ParseInt(digits, 10, 64)
	return i
}

// learnAll learns from a session, whose objects it arranges.
func (n *namer) learnAll(exchanges []*value) {
	for _, ex := range exchanges {
		n.learnExchange(ex)
	}
	n.learned()
	for _, ex := range exchanges {
		n.arrange(ex)
		n.arrangeSets(ex)
	}
	clear(n.known)
	clear(n.nice)
	for _, ex := range exchanges {
		n.learnExchange(ex)
	}
	n.learned()
}

// learned ends a walk.
func (n *namer) learned() {
	slices.Sort(n.times)
	n.times = slices.Compact(n.times)
	slices.Sort(n.seconds)
	n.seconds = slices.Compact(n.seconds)
	for _, site := range n.rules.sites {
		n.known[site] = sighting{"host", byKey}
	}
	for value, name := range n.rules.named {
		if kind, _, _ := strings.Cut(name, "."); !isMomentName(name) {
			n.known[value] = sighting{kind, evidenceOf(kind)} // it has its name wherever it stands
		}
	}
	clear(n.long)
	for value, sighted := range n.known {
		if isSought(value, sighted.evidence) {
			n.long[value[:longFrom]] = append(n.long[value[:longFrom]], value)
		}
	}
	for _, values := range n.long {
		slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	}
}

// longFrom is how long a secret is at least to be found inside of texts; a shorter
// one may stand there by chance.
const longFrom = 8

// isSought tells whether a value is looked for in texts other than by the look of it.
func isSought(value string, e evidence) bool {
	switch {
	case len(value) < longFrom:
		return false
	case e == isSecret:
		return !isWord(value)
	}
	return !isID(value)
}
