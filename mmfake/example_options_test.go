package mmfake_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// What fails a test at its end, and what allows it.
func ExampleOption() {
	wrong := func(options ...mmfake.Option) {
		var t fakeTest // stands for the test's *testing.T, and prints what it fails with
		mm := mmfake.New(&t, append(options, mmfake.InMemory())...)
		ask(mm, mm.Admin, "GET /api/v4/nothing", "")
		ask(mm, mm.Admin, "GET /api/v4/plugins/marketplace", "")
		mm.Mount("http://bot.test", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
		mm.Command("/deploy", "http://bot.test")
		mm.Admin.Run(mm.Channel("town-square"), "/deploy")
		t.end()
	}
	wrong()
	wrong(mmfake.AllowUnknownEndpoints(), mmfake.AllowMissingEndpoints(), mmfake.AllowUnroutableActions(), mmfake.AllowUnanswered())
	wrong(mmfake.Lenient()) // the same in a word
	// Output:
	// mmfake: Mattermost has no endpoint GET /api/v4/nothing: it was answered with 404 (mmfake.AllowUnknownEndpoints allows that)
	// mmfake: GET /api/v4/plugins/marketplace is an endpoint that Mattermost has and this fake has not: it was answered with 501 (mmfake.AllowMissingEndpoints allows that)
	// mmfake: POST http://bot.test: the integration did not answer: the mounted handler cut the connection (mmfake.AllowUnanswered allows that)
}

func ExampleIntegrationTimeout() {
	mm := started(mmfake.InMemory(), mmfake.IntegrationTimeout(10*time.Millisecond))
	defer mm.Close()
	mm.Mount("http://bot.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	mm.Command("/deploy", "http://bot.test")

	fmt.Println(mm.Admin.Run(mm.Channel("town-square"), "/deploy").Exchange.Err)
	// Output: the integration did not answer within 10ms
}

func ExampleAllowPublic() {
	mm := started(mmfake.InMemory()) // without mmfake.AllowPublic()
	defer mm.Close()
	mm.Command("/deploy", "http://203.0.113.1/command")

	err := mm.Admin.Run(mm.Channel("town-square"), "/deploy").Exchange.Err
	fmt.Println(err[strings.Index(err, "203.0.113.1 is"):])

	careless := started(mmfake.InMemory(), mmfake.AllowPublic()) // would have tried
	careless.Close()
	// Output: 203.0.113.1 is a public address, which the fake calls only if it was made with mmfake.AllowPublic
}

func ExampleServer_DialContext() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	client := http.Client{Transport: &http.Transport{DialContext: mm.DialContext, DisableKeepAlives: true}}

	response, err := client.Get(mm.URL + "/api/v4/system/ping")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.StatusCode, strings.Contains(string(body), `"status":"OK"`))
	// Output: 200 true
}

func ExampleAttachment_fields() {
	want := mmfake.Attachment(model.Attachment{Fields: []*model.AttachmentField{{Title: "branch", Value: "main"}}})
	fmt.Println(want.Want)
	// Output: an attachment with {"fields":[{"title":"branch","value":"main"}]}
}
