package mmfake_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/quick"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// sendBody posts a body to a URL and returns the answer's status and text.
func sendBody(t testing.TB, mm *mmfake.Server, url, contentType, body string) (int, string) {
	t.Helper()
	return request(t, mm, nil, "POST "+url, contentType, body)
}

func sendJSON(t testing.TB, mm *mmfake.Server, url string, value any) (int, string) {
	t.Helper()
	body, err := json.Marshal(value)
	require.NoError(t, err)
	return sendBody(t, mm, url, "application/json", string(body))
}

func errorID(t testing.TB, answer string) string {
	t.Helper()
	var problem model.AppError
	require.NoError(t, json.Unmarshal([]byte(answer), &problem), "the answer %q", answer)
	return problem.ID
}

// lastMessage sends a text to a webhook and returns what was posted.
func lastMessage(t testing.TB, mm *mmfake.Server, c *mmfake.Channel, hook *mmfake.IncomingWebhook, text string) string {
	t.Helper()
	status, answer := sendJSON(t, mm, hook.URL, model.IncomingWebhookRequest{Text: text})
	require.Equal(t, http.StatusOK, status, answer)
	posts := c.Posts()
	return posts[len(posts)-1].Message
}

func TestAWebhookTakesAFormWithAPayload(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	form := url.Values{"payload": {`{"text": "build 7 passed", "username": "ci"}`}}
	status, answer := sendBody(t, mm, mm.IncomingWebhook(dev).URL, "application/x-www-form-urlencoded", form.Encode())
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, "ok", answer)
	require.Len(t, dev.Posts(), 1)
	assert.Equal(t, "build 7 passed", dev.Posts()[0].Message)
	assert.Equal(t, "ci", dev.Posts()[0].Props[model.PropOverrideUsername])
}

func TestAWebhookTakesRawLineBreaksInItsText(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	status, _ := sendBody(t, mm, mm.IncomingWebhook(dev).URL, "application/json", "{\"text\": \"one\ntwo\tthree\"}")
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, "one\ntwo\tthree", dev.Posts()[0].Message)
}

func TestABrokenContentTypeOrQueryIsABadForm(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	for url, contentType := range map[string]string{hook.URL: "application/", hook.URL + "?a=%zz": "application/json"} {
		status, answer := sendBody(t, mm, url, contentType, `{"text":"a"}`)
		assert.Equal(t, http.StatusBadRequest, status)
		assert.Equal(t, "web.incoming_webhook.parse_form.app_error", errorID(t, answer))
	}
	assert.Empty(t, mm.Posts())
}

func TestAWebhookWithoutTextSaysSo(t *testing.T) {
	mm := mmfake.New(t)
	status, answer := sendJSON(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL, map[string]any{})
	assert.Equal(t, http.StatusBadRequest, status)
	assert.Equal(t, "web.incoming_webhook.general.app_error", errorID(t, answer))
}

func TestAnUnknownWebhookIsABadRequest(t *testing.T) {
	mm := mmfake.New(t)
	status, answer := sendJSON(t, mm, mm.URL+"/hooks/qqqqqqqqqqqqqqqqqqqqqqqqqy", map[string]any{"text": "a"})
	assert.Equal(t, http.StatusBadRequest, status)
	assert.Equal(t, "web.incoming_webhook.general.app_error", errorID(t, answer))
}

func TestATextThatIsTooLongForAPostBecomesSeveral(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := mm.IncomingWebhook(dev)
	seen := 0
	unchanged := func(seed uint64, length uint16) bool {
		text := randomText(rand.New(rand.NewPCG(seed, seed)), 1+int(length)%50_000)
		status, answer := sendJSON(t, mm, hook.URL, model.IncomingWebhookRequest{Text: text})
		if !assert.Equal(t, http.StatusOK, status, answer) {
			return false
		}
		posts := dev.Posts()[seen:]
		seen += len(posts)
		var together strings.Builder
		for i, p := range posts {
			together.WriteString(p.Message)
			size := utf8.RuneCountInString(p.Message)
			if i < len(posts)-1 && size != 16383 || size > 16383 {
				return assert.Fail(t, "a part has the wrong length", "part %d of %d has %d characters", i+1, len(posts), size)
			}
		}
		return assert.Equal(t, text, together.String())
	}
	require.NoError(t, quick.Check(unchanged, &quick.Config{MaxCount: 25}))
}

// randomText has characters of one to four bytes, and none of Slack's markup.
func randomText(r *rand.Rand, length int) string {
	alphabet := []rune("abc xyz\n\"\\äß→日🎉")
	text := make([]rune, length)
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

func TestAttachmentsThatAreTooLargeForAPostFollowInOthers(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaximumPayloadSizeBytes = 4 << 20 }))
	dev := mm.Channel("dev")
	var sent []*model.Attachment
	for range 5 {
		sent = append(sent, &model.Attachment{Text: strings.Repeat("a", 300_000)})
	}
	status, answer := sendJSON(t, mm, mm.IncomingWebhook(dev).URL, model.IncomingWebhookRequest{Text: "see", Attachments: sent})
	require.Equal(t, http.StatusOK, status, answer)
	var counts []int
	for _, p := range dev.Posts() {
		counts = append(counts, len(p.Attachments()))
	}
	assert.Equal(t, []int{2, 2, 1}, counts)
	assert.Equal(t, "see", dev.Posts()[0].Message)
}

func TestAnAttachmentThatIsTooLargeLosesTheEndOfItsText(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaximumPayloadSizeBytes = 4 << 20 }))
	dev := mm.Channel("dev")
	huge := &model.Attachment{Title: "log", Text: strings.Repeat("a", 900_000)}
	status, answer := sendJSON(t, mm, mm.IncomingWebhook(dev).URL, model.IncomingWebhookRequest{Attachments: []*model.Attachment{huge}})
	require.Equal(t, http.StatusOK, status, answer)
	require.Len(t, dev.Posts(), 1)
	kept := dev.Posts()[0].Attachments()[0]
	assert.Equal(t, "log", kept.Title)
	assert.Greater(t, len(kept.Text), 750_000)
	assert.Less(t, len(kept.Text), 760_000)
}

func TestThousandsOfSmallAttachmentsAreTakenSoon(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	body := `{"attachments":[` + strings.TrimSuffix(strings.Repeat(`{"text":"a"},`, 20_000), ",") + `]}`
	start := time.Now()
	status, answer := sendBody(t, mm, mm.IncomingWebhook(dev).URL, "application/json", body)
	require.Equal(t, http.StatusOK, status, answer)
	total := 0
	for _, p := range dev.Posts() {
		total += len(p.Attachments())
	}
	assert.Equal(t, 20_000, total)
	assert.Less(t, time.Since(start), 10*time.Second, "the time grows with the square of the number of attachments")
}

func TestSlackMarkupIsTranslated(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := mm.IncomingWebhook(dev)
	alice := mm.User("alice", dev)
	for sent, posted := range map[string]string{
		"<!channel> look":                     "@channel look",
		"<!here>, <!all>":                     "@here, @all",
		"<@" + alice.ID + "> look":            "@alice look",
		"<@qqqqqqqqqqqqqqqqqqqqqqqqqy> look":  "<@qqqqqqqqqqqqqqqqqqqqqqqqqy> look",
		"<http://a.test|the page>":            "[the page](http://a.test)",
		"<http://a.test>":                     "<http://a.test>",
		"<mailto:a@b.test|Ann> <http://b|B>!": "[Ann](mailto:a@b.test) [B](http://b)!",
		"a < b | c > d":                       "a [ c ]( b ) d",
	} {
		assert.Equal(t, posted, lastMessage(t, mm, dev, hook, sent))
	}
}

func TestSlackMarkupIsOnlyWhatStandsInAngleBrackets(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := mm.IncomingWebhook(dev)
	property := func(seed uint64) bool {
		r := rand.New(rand.NewPCG(seed, 1))
		before, label, after := randomText(r, 20), strings.Trim(randomText(r, 8), "\n")+"x", randomText(r, 20)
		label = strings.ReplaceAll(label, "\n", " ")
		return assert.Equal(t, before+"["+label+"](http://a.test)"+after,
			lastMessage(t, mm, dev, hook, before+"<http://a.test|"+label+">"+after))
	}
	require.NoError(t, quick.Check(property, &quick.Config{MaxCount: 50}))
}

func TestFieldsOfAttachmentsBecomeText(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	status, answer := sendBody(t, mm, mm.IncomingWebhook(dev).URL, "application/json",
		`{"attachments":[{"title":"<!all>","fields":[null,{"title":"n","value":7},{"title":"l","value":"<http://a|b>","short":"true"},{"title":"e"}]}]}`)
	require.Equal(t, http.StatusOK, status, answer)
	a := dev.Posts()[0].Attachments()[0]
	assert.Equal(t, "@all", a.Title)
	require.Len(t, a.Fields, 3)
	assert.Equal(t, "7", a.Fields[0].Value)
	assert.Equal(t, "[b](http://a)", a.Fields[1].Value)
	assert.True(t, bool(a.Fields[1].Short))
	assert.Nil(t, a.Fields[2].Value)
}

// FuzzWebhookBody sends any body as any content type: the answer is ok and there
// is a post, or it is one of the real server's errors and there is none.
func FuzzWebhookBody(f *testing.F) {
	for _, body := range []string{
		`{"text":"a"}`, `{"text":"a","channel":"@user-1"}`, `{"attachments":[{"text":"<!all>","fields":[{"value":[1]}],"actions":[{}]}]}`,
		`{"text":1}`, `null`, `[]`, "{\"text\":\"a\nb\"}", `{"text":"a","props":{"attachments":[null]}}`, `{"text":"a","priority":{"priority":"urgent"}}`,
		`payload=%7B%22text%22%3A%22a%22%7D`, "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\r\n--b--\r\n", "\"\\", `{"text":"`,
	} {
		for _, contentType := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "", ";;"} {
			f.Add(contentType, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		if strings.ContainsFunc(contentType, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
			t.Skip("no HTTP client sends such a header")
		}
		mm := mmfake.New(t)
		status, answer := sendBody(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL, contentType, string(body))
		if status == http.StatusOK {
			assert.Equal(t, "ok", answer)
			assert.NotEmpty(t, mm.Posts())
			return
		}
		assert.Contains(t, []int{400, 403, 404, 413}, status)
		assert.NotEmpty(t, errorID(t, answer))
		assert.Empty(t, mm.Posts())
	})
}
