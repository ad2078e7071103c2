package recorder_test

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func ExampleExcerpts() {
	list := strings.Repeat("looks good, ", 40)
	got, wanted := recorder.Excerpts(list+"2 failures", list+"no failures")
	fmt.Println(got)
	fmt.Println(wanted)
	// Output:
	// …, looks good, looks good, looks good, looks good, 2 failures
	// …, looks good, looks good, looks good, looks good, no failures
}
