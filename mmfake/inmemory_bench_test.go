package mmfake_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// BenchmarkNewInMemory is BenchmarkNew for a server without a port. At most 0.4
// x-bare; 0.33 to 0.39 was measured.
func BenchmarkNewInMemory(b *testing.B) { newAndClose(b, mmfake.InMemory()) }

// BenchmarkInMemory compares a request over an in-process connection with the same
// one over the loopback interface. At least 1.5 x-bare.
func BenchmarkInMemory(b *testing.B) {
	loopback, memory := mmfake.New(b), mmfake.New(b, mmfake.InMemory())
	get := func(mm *mmfake.Server, client *http.Client) func() {
		return func() {
			response, err := client.Get(mm.URL + "/api/v4/system/ping")
			if err != nil {
				b.Fatal(err)
			}
			response.Body.Close()
		}
	}
	overPort, overMemory := get(loopback, loopback.Client()), get(memory, memory.Client())
	var took, bareTook time.Duration
	for b.Loop() {
		bareTook += timed(overPort)
		took += timed(overMemory)
	}
	report(b, took, bareTook, float64(bareTook)/float64(took))
}
