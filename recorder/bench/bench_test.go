// Package bench compares the replay of fixtures with that of go-vcr's cassettes:
//
//	go test -run xxx -bench . -benchtime 10x
package bench_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var sizes = []int{10, 1_000, 10_000}

// slice is how many requests are timed at once.
const slice = 100

// BenchmarkReplay has a client play the second half of one session, in three sizes, to
// both libraries, which take turns, so that a busy machine slows all of them. It reports
// the median time of a request for each, and x-10: how many times the time in the
// smallest session a request takes in the largest. For a fixture at most 1.5; 1.2 was
// measured, and 470 for go-vcr 4.0.8, which goes through all that it has at each request.
func BenchmarkReplay(b *testing.B) {
	var runners []*runner
	for _, l := range libraries {
		for _, size := range sizes {
			r := &runner{library: l, session: newSession(size), file: filepath.Join(b.TempDir(), "session")}
			l.save(b, r.session, r.file)
			r.renew(b)
			runners = append(runners, r)
		}
	}
	for b.Loop() {
		for _, r := range runners {
			r.turn(b)
		}
	}
	for i, r := range runners {
		b.ReportMetric(r.median(), fmt.Sprintf("ns/%s-%d", r.name, len(r.exchanges)))
		if i%len(sizes) == len(sizes)-1 {
			b.ReportMetric(r.median()/runners[i-len(sizes)+1].median(), "x-10/"+r.name)
		}
	}
	b.ReportMetric(0, "ns/op") // of all together, which says nothing
}

// A runner plays a session of one size to one library, again and again.
type runner struct {
	library
	*session
	file   string
	client *client
	took   []float64 // nanoseconds a request, one for each turn
}

// renew begins the session anew and plays its first half.
func (r *runner) renew(b *testing.B) {
	r.client = &client{session: r.session, to: r.replay(b, r.file)}
	r.client.play(b, len(r.exchanges)/2)
}

func (r *runner) turn(b *testing.B) {
	var took time.Duration
	for left := slice; left > 0; {
		if r.client.next == len(r.exchanges) {
			r.renew(b)
		}
		start := time.Now()
		left -= r.client.play(b, left)
		took += time.Since(start)
	}
	r.took = append(r.took, float64(took.Nanoseconds())/slice)
}

func (r *runner) median() float64 {
	slices.Sort(r.took)
	return r.took[len(r.took)/2]
}

func TestBothLibrariesReplayTheSession(t *testing.T) {
	for _, l := range libraries {
		t.Run(l.name, func(t *testing.T) {
			s, file := newSession(20), filepath.Join(t.TempDir(), "session")
			l.save(t, s, file)
			c := &client{session: s, to: l.replay(t, file)}
			if played := c.play(t, 20); played != 20 {
				t.Errorf("%d requests were played", played)
			}
			if again, err := c.to.RoundTrip(s.request(0, "")); err == nil && again.StatusCode != http.StatusNotImplemented {
				t.Errorf("each is answered once, and now %d", again.StatusCode)
			}
		})
	}
}
