package rest_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A whim decides what a random client sends: by the bytes of a fuzzer as long as there are
// any, and then by a seed. The same bytes and seed decide the same.
type whim struct {
	script []byte
	random *rand.Rand
	known  map[string][]string // texts that make sense under the name of a key: ids above all
	inHand map[string]string   // what the path of the request that is being made has, which its body often has too
	sane   bool                // the request that is being made is one that a client could mean
	about  string              // what that request is about, as keyOf says it
}

func newWhim(seed uint64, script []byte) *whim {
	return &whim{script: script, random: rand.New(rand.NewPCG(seed, 7)), known: map[string][]string{}}
}

// n is a number from 0 up to and without limit.
func (w *whim) n(limit int) int {
	if len(w.script) == 0 || limit > 256 {
		return w.random.IntN(limit)
	}
	b := int(w.script[0])
	w.script = w.script[1:]
	return b % limit
}

// oneIn is true once in so many times.
func (w *whim) oneIn(times int) bool { return w.n(times) == 0 }

func pick[T any](w *whim, list []T) T { return list[w.n(len(list))] }

// learn remembers that a text makes sense under a key.
func (w *whim) learn(key, text string) {
	if strings.HasSuffix(key, "_id") && key != "action_id" && len(text) < 26 {
		return
	}
	if list := w.known[key]; text != "" && len(list) < 20 && !slices.Contains(list, text) {
		w.known[key] = append(list, text)
	}
}

// learnAll remembers the ids and names in an answer; id is what the key "id" stands for.
func (w *whim) learnAll(v gjson.Result, id string, depth int) {
	v.ForEach(func(key, value gjson.Result) bool {
		switch name := key.String(); {
		case value.IsObject() || value.IsArray():
			if depth < 4 {
				w.learnAll(value, id, depth+1)
			}
		case name == "id":
			w.learn(id, value.String())
		case strings.HasSuffix(name, "_id"), name == "username", name == "name", name == "token", name == "trigger":
			w.learn(name, value.String())
		}
		return true
	})
}

// kin are the other names by which what a key stands for is known.
var kin = map[string][]string{
	"sidebar": {"category_id"}, "order": {"category_id"}, "invitation": {"invite_id"},
	"root_id": {"post_id"}, "parent_id": {"post_id"}, "thread_id": {"post_id"}, "before": {"post_id"}, "after": {"post_id"}, "fromPost": {"post_id"},
	"creator_id": {"user_id"}, "owner_id": {"user_id"}, "user_ids": {"user_id"}, "ids": {"user_id", "post_id"},
	"in_team": {"team_id"}, "not_in_team": {"team_id"}, "in_channel": {"channel_id"}, "not_in_channel": {"channel_id"}, "channel_ids": {"channel_id"},
	"prev_channel_id": {"channel_id"}, "in_channel_id": {"channel_id"}, "not_in_channel_id": {"channel_id"}, "team_name": {"name"}, "channel_name": {"name"},
	"file_ids": {"file_id"}, "usernames": {"username"}, "term": {"username", "name"}, "restore_version_id": {"post_id"}, "image": {"file_id"},
}

// sensible are texts that make sense under a key in any world.
var sensible = map[string][]string{
	"command": {
		"/deploy x", "/echo a 0", "/me waves", "/shrug", "/msg @bob hi", "/join ~off-topic", "/leave", "/mute", "/invite @bob ~dev", "/remove @robot", "/groupmsg @bob, @robot x",
		"/header x", "/purpose x", "/rename x", "/code a", "/collapse", "/expand", "/help", "/dnd", "/away", "/online", "/kick bob", "/open dev", "/custom_status :eyes: x",
		"/custom_status clear", "/search x", "/echo \"a\" 1", "/remind me x in 5 minutes", "/deploy", "/msg", "/logout", "/join", "/invite @nobody",
	},
	"type": {"select", "button", "form", "ok", "text", "bool"}, "channel_id/type": {"O", "P"}, "team_id/type": {"O", "I"}, "post_id/type": {"", "custom_x", "me"}, "privacy": {"O", "P"}, "status": {"online", "away", "dnd", "offline"},
	"roles": {"system_user", "system_admin system_user", "channel_user channel_admin", "team_user team_admin"}, "response_type": {"in_channel", "ephemeral", "comment"},
	"emoji_name": {"eyes", "+1", "nothing"}, "emoji": {"eyes"}, "password": {"Passw0rd!alice"}, "login_id": {"alice"}, "category": {"flagged_post", "direct_channel_show", "display_settings"},
	"sorting": {"alpha", "recent", "manual"}, "email": {"alice@example.com", "new@example.com"}, "email_or_username": {"alice"}, "desktop": {"all", "none"}, "mark_unread": {"mention", "all"},
	"url": {"http://bot.test/x"}, "callback_urls": {"http://bot.test/x"}, "terms": {"press fire", "from:alice in:dev", "#tag", "-x \"a b\" after:2020-01-01", "repl*"}, "term": {"a", "dev", "@bob"},
	"trigger_words": {"fire"}, "message": {"fire x", "@here @bob #tag ~dev", "a", "see http://mattermost.test/test/pl/"}, "method": {"P", "G"}, "trigger": {"deploy", "other"},
	"content_type": {"application/json", "application/x-www-form-urlencoded"}, "data_source": {"users", "channels"}, "timestamp": {"1", "1700000000000"}, "role_name": {"system_user"},
	"current_password": {"Passw0rd!alice"}, "new_password": {"Passw0rd!alice2"}, "homepage": {"http://bot.test"}, "channel": {"dev", "@bob", "town-square"}, "icon_url": {"http://bot.test/i.png"}, "locale": {"en", "de"}, "permissions": {"create_post", "manage_system", "nothing"}, "text": {"a", "<!all> <http://a|b>"},
	"emoji_names": {"eyes"}, "format": {"old"}, "preference_name": {"name"},
}

var oddTexts = []string{
	"", " ", "me", "a", "@here @channel @all", "#tag ~dev @alice", "\x00", "\u2028", "💥", "\xff\xfe", "true", "-1", "0", "1", "null", "9223372036854775807", "1e999",
	"system_admin system_user", "O", "D", "https://bot.test", "http://[::1", "Passw0rd!alice", "custom_status", "```code @bob```", "> quote", "../../etc/passwd",
	"{\"emoji\":\"eyes\",\"text\":\"x\",\"duration\":\"\",\"expires_at\":\"\"}", "system_join_channel", "default", "2024-02-30T25:61:00Z", "<@U1|x> <http://a|b> <", "/",
}

var oddNumbers = []string{"0", "1", "-1", "2", "60", "1000", "1e3", "0.5", "-0", "9223372036854775807", "-9223372036854775808", "1e400", "18446744073709551616", "1700000000000"}

// fresh are keys for which a new text is as good as a known one.
var fresh = strings.Fields("username name display_name trigger nickname")

// text is a text under a key: one that makes sense there, or elsewhere, or none.
func (w *whim) text(key string) string {
	if held, ok := w.inHand[key]; ok && (w.sane || !w.oneIn(3)) {
		return held
	}
	if w.sane && slices.Contains(fresh, key) && w.oneIn(2) {
		return "n" + strconv.Itoa(w.n(10_000))
	}
	if w.sane || !w.oneIn(6) {
		var all []string
		for _, name := range append([]string{w.about + "/" + key, key}, kin[key]...) {
			if len(all) > 0 && name == key {
				break // there is something more special
			}
			all = append(append(all, w.known[name]...), sensible[name]...)
		}
		if len(all) > 0 {
			return pick(w, all)
		}
	}
	switch {
	case w.sane:
		return pick(w, []string{"x", "y"}) + strconv.Itoa(w.n(100))
	case w.oneIn(40):
		return strings.Repeat(pick(w, []string{"a", "@", "ä ", "#b ", "*", "\\", "`", "<", "x y "}), 1<<w.n(16))
	case w.oneIn(8):
		return pick(w, w.known[pick(w, []string{"user_id", "post_id", "channel_id", "team_id"})])
	}
	return pick(w, oddTexts)
}

// quoted is a text in JSON; encoding/json takes bytes that are no UTF-8, and so they are left.
func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// anything is any JSON.
func (w *whim) anything(key string, depth int) string {
	switch kind := w.n(8); {
	case kind == 0:
		return pick(w, []string{"null", "true", "false"})
	case kind == 1:
		return pick(w, oddNumbers)
	case kind == 2 && depth > 0:
		items := make([]string, w.n(4))
		for i := range items {
			items[i] = w.anything(key, depth-1)
		}
		return "[" + strings.Join(items, ",") + "]"
	case kind == 3 && depth > 0:
		return w.object(depth-1, func(name string) string { return w.anything(name, depth-1) }, w.keys())
	case kind == 4 && w.oneIn(40):
		return strings.Repeat("[", 20_000) // deeper than any decoder goes
	}
	return quoted(w.text(key))
}

func (w *whim) keys() []string {
	names := make([]string, w.n(6))
	for i := range names {
		names[i] = pick(w, someKeys)
	}
	return names
}

// someKeys are of bodies that no type of package model has.
var someKeys = strings.Fields(`id user_id user_ids channel_id channel_ids team_id team_ids post_id root_id term terms name names type roles role emails value privacy
	page per_page limit props attachments actions text message token device_id login_id password new_password current_password code active seconds url integration context
	scheme_admin scheme_user target_time is_or_search time_zone_offset include_deleted permissions data_source submission cancelled state selected_option cookie`)

// truths are keys whose values are true or false.
var truths = strings.Fields("active is_or_search include_deleted scheme_user scheme_admin force set_online enabled")

// plain is a value under a key of a body that is no type's.
func (w *whim) plain(key string) string {
	switch {
	case !w.sane && w.oneIn(4):
		return w.anything(key, 2)
	case slices.Contains(truths, key):
		return pick(w, []string{"true", "false"})
	}
	return quoted(w.text(key))
}

func (w *whim) object(depth int, value func(name string) string, names []string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoted(name) + ":" + value(name))
	}
	b.WriteByte('}')
	return b.String()
}

// has decides whether an object has a key. One that a client could mean has no times of its
// own, nor an id that it cannot know.
func (w *whim) has(name string, t reflect.Type) bool {
	if !w.sane {
		return !w.oneIn(3)
	}
	_, held := w.inHand[name]
	switch {
	case held:
		return true
	case name == "id":
		return w.about == "category_id"
	case strings.HasSuffix(name, "_at"), strings.HasPrefix(name, "auth_"), name == "cookie":
		return false
	case t.Kind() == reflect.String:
		return !strings.HasSuffix(name, "_id") || name == "channel_id" || name == "team_id" || name == "user_id" || w.oneIn(4)
	}
	return w.oneIn(3)
}

// of is JSON that fits a type but for some of its values.
func (w *whim) of(t reflect.Type, key string, depth int) string {
	if depth == 0 || !w.sane && w.oneIn(25) {
		return w.anything(key, min(depth, 2))
	}
	if t == reflect.TypeFor[model.Props]() && w.oneIn(2) {
		return w.object(depth-1, func(name string) string {
			if name == "attachments" {
				return w.of(reflect.TypeFor[[]*model.Attachment](), name, depth-1)
			}
			return w.anything(name, 2)
		}, append(w.keys(), "attachments"))
	}
	switch t.Kind() {
	case reflect.Pointer:
		return w.of(t.Elem(), key, depth)
	case reflect.Bool:
		return pick(w, []string{"true", "false"})
	case reflect.Int, reflect.Int64, reflect.Float64:
		if w.sane {
			return pick(w, oddNumbers[:3])
		}
		return pick(w, oddNumbers[:10])
	case reflect.String:
		return quoted(w.text(key))
	case reflect.Slice:
		items := make([]string, w.n(4))
		if w.sane {
			items = make([]string, 1+w.n(3))
		}
		for i := range items {
			items[i] = w.of(t.Elem(), key, depth-1)
		}
		return "[" + strings.Join(items, ",") + "]"
	case reflect.Map:
		return w.object(depth-1, w.plain, w.keys())
	case reflect.Struct:
		types := map[string]reflect.Type{}
		var names []string
		for _, f := range reflect.VisibleFields(t) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name != "" && name != "-" && w.has(name, f.Type) {
				types[name] = f.Type
				names = append(names, name)
			}
		}
		return w.object(depth-1, func(name string) string { return w.of(types[name], name, depth-1) }, names)
	}
	return w.anything(key, min(depth, 2))
}
