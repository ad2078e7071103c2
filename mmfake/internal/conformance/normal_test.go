package conformance

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	idA = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	idB = "bbbbbbbbbbbbbbbbbbbbbbbbbb"
	idC = "cccccccccccccccccccccccccc"
)

func decoded(t *testing.T, source string) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(source), &v), source)
	return v
}

func someNames() names {
	n := newNames()
	n.define("server", "http://127.0.0.1:8065")
	n.define("alice", idA)
	n.define("bob", idB)
	n.known["xyzxyzxy"] = "W"
	return n
}

func TestWhatDiffersFromRunToRunIsNamed(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"a known id", `"` + idA + `"`, `"<alice>"`},
		{"a known id as a key and inside a string", `{"` + idA + `": "see ` + idA + `!"}`, `{"<alice>": "see <alice>!"}`},
		{"the longest name first", `"http://127.0.0.1:8065/users/` + idB + `"`, `"<server>/users/<bob>"`},
		{"the suffix of this run", `"dev-xyzxyzxy"`, `"dev-W"`},
		{"an id that stands once", `["` + idC + `"]`, `["<id>"]`},
		{"an id that stands twice", `["` + idC + `", "` + idC + `"]`, `["<id1>", "<id1>"]`},
		{"no id in a longer word", `"` + idC + `c"`, `"` + idC + `c"`},
		{"milliseconds", `{"create_at": 1700000000000, "n": 1499999999999, "s": "at 1700000000000"}`, `{"create_at": "<ms>", "n": 1499999999999, "s": "at <ms>"}`},
		{"seconds of an outgoing webhook", `{"timestamp": "1700000000", "other": "1700000000"}`, `{"timestamp": "<s>", "other": "1700000000"}`},
		{"JSON in a string", `"{\"id\": \"` + idA + `\", \"in\": \"[1]\"}"`, `{"<json>": {"id": "<alice>", "in": {"<json>": [1]}}}`},
		{"what only looks like JSON", `["{not", "[", "{}", "7"]`, `["{not", "[", {"<json>": {}}, "7"]`},
		{"a key that speaks for a value in JSON in a string", `{"trigger_id": "[\"x\"]"}`, `{"trigger_id": {"<json>": ["<trigger>"]}}`},
		{"trigger and cookie", `{"trigger_id": "x", "cookie": "y"}`, `{"trigger_id": "<trigger>", "cookie": "<cookie>"}`},
		{"no trigger and no cookie", `{"trigger_id": "", "cookie": ""}`, `{"trigger_id": "", "cookie": ""}`},
		{"version and host", `{"server_version": "11.6.0.x", "server_hostname": "h"}`, `{"server_version": "<version>", "server_hostname": "<host>"}`},
		{"no version", `{"server_version": "eleven"}`, `{"server_version": "eleven"}`},
		{"a direct channel", `["` + idB + `__` + idA + `", "` + idA + `__` + idB + `"]`, `["<alice>__<bob>", "<alice>__<bob>"]`},
		{"mentions are a set", `{"mentions": "[\"z\",\"` + idA + `\",\"b\"]"}`, `{"mentions": {"<json>": ["<alice>", "b", "z"]}}`},
		{"other things", `[true, null, 1.5, "", {}, []]`, `[true, null, 1.5, "", {}, []]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := someNames()
			assert.Equal(t, decoded(t, c.want), n.clean(decoded(t, c.value), &Step{}))
		})
	}
}

func TestAStepDropsWhatItDoesNotCompare(t *testing.T) {
	const value = `{"b": {"x": 1, "y": 2}, "c": [{"x": 3, "z": [2, 1]}, {"x": 1}], "x": 4}`
	for _, c := range []struct {
		name string
		step Step
		want string
	}{
		{"nothing", Step{}, value},
		{"ignore anywhere", Step{Ignore: []string{"x", "none"}}, `{"b": {"y": 2}, "c": [{"z": [2, 1]}, {}]}`},
		{"keep at the top", Step{Keep: []string{"b", "y"}}, `{"b": {"x": 1, "y": 2}}`},
		{"keep and ignore", Step{Keep: []string{"b"}, Ignore: []string{"y"}}, `{"b": {"x": 1}}`},
		{"sort, inner lists first", Step{Sort: true}, `{"b": {"x": 1, "y": 2}, "c": [{"x": 1}, {"x": 3, "z": [1, 2]}], "x": 4}`},
		{"sort what is left", Step{Sort: true, Ignore: []string{"x"}}, `{"b": {"y": 2}, "c": [{"z": [1, 2]}, {}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newNames()
			assert.Equal(t, decoded(t, c.want), n.clean(decoded(t, value), &c.step))
		})
	}
}

func TestVariablesArePutIn(t *testing.T) {
	n := newNames()
	n.vars["x"], n.vars["x.name"] = "1", "one"
	for source, want := range map[string]string{
		"${x}${x.name}":  "1one",
		"a ${unknown} b": "a ${unknown} b",
		"${times.3.ab}":  "ababab",
		"${times.x.ab}":  "${times.x.ab}",
		"$x {x} ${}":     "$x {x} ${}",
	} {
		assert.Equal(t, want, n.sub(source))
	}
	assert.Equal(t, map[string]any{"1": []any{"one", 2, nil}}, n.expand(map[string]any{"${x}": []any{"${x.name}", 2, nil}}))
}

func TestASavedValueKeepsTheNameItHas(t *testing.T) {
	n := someNames()
	n.save("owner", idA)
	n.save("few", "abc")
	n.save("many", "abcd")
	assert.Equal(t, []string{idA, "abc", "abcd"}, []string{n.vars["owner"], n.vars["few"], n.vars["many"]})
	assert.Equal(t, "<alice> abc <many>", n.nameString(idA+" abc abcd"))
}

func TestLongRunsOfOneCharacterAreSqueezed(t *testing.T) {
	assert.Equal(t, "a<1000*b>c", squeeze("a"+strings.Repeat("b", 1000)+"c"))
	assert.Equal(t, "<1500*ü>", squeeze(strings.Repeat("ü", 1500)))
	almost := strings.Repeat("b", 999)
	assert.Equal(t, almost+"c"+almost, squeeze(almost+"c"+almost))
}

func TestIDsAreNumberedInTheOrderOfTheirAppearance(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"in a list", `["B", "A", "B", "A", "C"]`, `["<id1>", "<id2>", "<id1>", "<id2>", "<id>"]`},
		{"keys of an object by name", `{"z": "A", "y": ["B", "A", "B"]}`, `{"z": "<id2>", "y": ["<id1>", "<id2>", "<id1>"]}`},
		{"a key before its value, known ids before others", `{"order": ["B", "A"], "posts": {"A": "A", "B": "B"}}`,
			`{"order": ["<id1>", "<id2>"], "posts": {"<id2>": "<id2>", "<id1>": "<id1>"}}`},
		{"unknown ids by what stands under them", `{"A": {"n": 2, "id": "A"}, "B": {"n": 1, "id": "B"}}`, `{"<id1>": {"n": 1, "id": "<id1>"}, "<id2>": {"n": 2, "id": "<id2>"}}`},
		{"twice in one string", `"A/A"`, `"<id1>/<id1>"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids := strings.NewReplacer(`A`, idA, `B`, idB, `C`, idC)
			assert.Equal(t, decoded(t, c.want), number(decoded(t, ids.Replace(c.value))))
		})
	}
}

// randomValue is JSON as servers answer it: ids from a small set, times, names,
// JSON in strings.
func randomValue(r *rand.Rand, ids []string, depth int) any {
	kind := r.IntN(9)
	if depth == 0 {
		kind %= 6
	}
	switch kind {
	case 0, 1:
		return ids[r.IntN(len(ids))]
	case 2:
		return "see " + ids[r.IntN(len(ids))] + " and " + ids[r.IntN(len(ids))]
	case 3:
		return float64(r.Int64N(3_000_000_000_000))
	case 4:
		return []any{nil, true, "word", ""}[r.IntN(4)]
	case 5:
		return canonical([]any{ids[r.IntN(len(ids))], "in JSON"})
	case 6:
		list := make([]any, r.IntN(4))
		for i := range list {
			list[i] = randomValue(r, ids, depth-1)
		}
		return list
	}
	m := map[string]any{}
	for i := range r.IntN(5) {
		m[fmt.Sprintf("key%d", i)] = randomValue(r, ids, depth-1)
	}
	return m
}

func randomIDs(r *rand.Rand, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		var b strings.Builder
		for range 26 {
			b.WriteByte("ybndrfg8ejkmcpqxot1uwisza345h769"[r.IntN(32)])
		}
		ids[i] = b.String()
	}
	return ids
}

// Two runs of the same server differ in nothing but their ids.
func TestTheNormalFormDoesNotDependOnTheIDs(t *testing.T) {
	for seed := range uint64(500) {
		fresh := rand.New(rand.NewPCG(seed, 1))
		var forms []string
		for range 2 {
			ids := randomIDs(fresh, 6)
			n := newNames()
			n.define("alice", ids[0])
			n.define("bob", ids[1])
			same := rand.New(rand.NewPCG(seed, 2))
			forms = append(forms, canonical(n.clean(randomValue(same, ids, 4), &Step{})))
		}
		require.Equal(t, forms[0], forms[1], "seed %d", seed)
		assert.False(t, anyID.MatchString(forms[0]), "seed %d: an id is left in %s", seed, forms[0])
	}
}

// The recordings are normal forms, so naming again must change nothing.
func TestNamingANormalFormChangesNothing(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		n := newNames()
		once := canonical(n.clean(randomValue(r, randomIDs(r, 4), 4), &Step{}))
		assert.Equal(t, once, canonical(n.clean(decoded(t, once), &Step{})), "seed %d", seed)
	}
}

func TestWithSortTheOrderOfListsDoesNotMatter(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		// One id only: with several, their numbers follow the order in which they come.
		v := decoded(t, canonical(randomValue(r, []string{"x"}, 4)))
		shuffled := shuffle(r, decoded(t, canonical(v)))
		n := newNames()
		sorted := &Step{Sort: true}
		assert.Equal(t, canonical(n.clean(v, sorted)), canonical(n.clean(shuffled, sorted)), "seed %d", seed)
	}
}

func shuffle(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case []any:
		out := slices.Clone(v)
		r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		for i := range out {
			out[i] = shuffle(r, out[i])
		}
		return out
	case map[string]any:
		for k := range v {
			v[k] = shuffle(r, v[k])
		}
	}
	return v
}

func TestDigFollowsADottedPath(t *testing.T) {
	v := decoded(t, `{"a": [{"b": 7}, "x"], "j": {"<json>": {"c": [true]}}}`)
	for path, want := range map[string]any{
		"a.0.b": 7.0, "a.1": "x", "j.c.0": true, "a.2": nil, "a.-1": nil, "a.b": nil, "a.1.x": nil, "none.b": nil,
	} {
		assert.Equal(t, want, dig(v, path), path)
	}
	assert.Equal(t, v, dig(v, ""))
	assert.Equal(t, v, dig(v, "."))
	assert.Equal(t, []string{"", "s", "1700000000000", "true"}, []string{text(nil), text("s"), text(1.7e12), text(true)})
}
