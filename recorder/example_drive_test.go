package recorder_test

import (
	"fmt"
	"net/http"
	"os"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A printingT is a test that prints how it fails.
type printingT struct{}

func (printingT) Helper()                           {}
func (printingT) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (printingT) Fatalf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (printingT) Logf(string, ...any)               {}

func ExampleDrive() {
	var t printingT // a *testing.T in a test
	deploy := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"text":"deploying %s"}`, r.FormValue("text"))
	})
	recorder.Drive(t, "testdata/command.json", deploy)
	fmt.Println("no difference")

	refuse := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"text":"not today"}`) })
	recorder.Drive(t, "testdata/command.json", refuse)
	// Output:
	// no difference
	// recorder: testdata/command.json: exchange 1, POST http://deploybot.test/command: json.text is "not today", recorded is "deploying prod"
}

func ExampleUpdating() {
	answer, golden := `{"text":"deploying"}`, "testdata/answer.golden" // in a test
	if recorder.Updating() {                                           // MMFAKE_RECORD=1 go test, or go test -update
		os.WriteFile(golden, []byte(answer), 0o644)
	}
	fmt.Println(recorder.Updating())
	// Output: false
}

func ExampleIgnore() {
	refuse := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"text":"not today"}`) })
	recorder.Drive(printingT{}, "testdata/command.json", refuse, recorder.Ignore("json.text"))
	fmt.Println("no difference")
	// Output: no difference
}

func ExampleOnly() {
	count := 0
	deploy := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count++
		fmt.Fprint(w, `{"text":"deploying prod"}`)
	})
	recorder.Drive(printingT{}, "testdata/command.json", deploy, recorder.Only(recorder.BodyContains("text=prod")))
	fmt.Println(count)
	// Output: 1
}

func ExampleBind() {
	deploy := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.FormValue("token"))
		fmt.Fprint(w, `{"text":"deploying prod"}`)
	})
	recorder.Drive(printingT{}, "testdata/command.json", deploy, recorder.Bind(map[string]string{"token.1": "the token that the bot expects"}))
	// Output: the token that the bot expects
}
