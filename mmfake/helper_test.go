package mmfake_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
)

// A recordingTB is a test that keeps what it is told. Fatalf ends nothing.
type recordingTB struct {
	testing.TB
	mu                   sync.Mutex
	logs, errors, fatals []string // guarded by mu
	cleanups             []func()
}

func (r *recordingTB) Helper() {}

func (r *recordingTB) Logf(format string, args ...any)   { r.keep(&r.logs, format, args) }
func (r *recordingTB) Errorf(format string, args ...any) { r.keep(&r.errors, format, args) }
func (r *recordingTB) Fatalf(format string, args ...any) { r.keep(&r.fatals, format, args) }

func (r *recordingTB) keep(list *[]string, format string, args []any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	*list = append(*list, fmt.Sprintf(format, args...))
}

func (r *recordingTB) Failed() bool { return len(r.errors)+len(r.fatals) > 0 }

func (r *recordingTB) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// cleanup does what the end of a test does.
func (r *recordingTB) cleanup() {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
}

// An answerReader reads answers from a connection that the test writes to itself.
type answerReader struct{ buffered *bufio.Reader }

func newAnswerReader(r io.Reader) answerReader { return answerReader{bufio.NewReader(r)} }

func (a answerReader) read() (*http.Response, error) { return http.ReadResponse(a.buffered, nil) }

// awaitContinue waits for the server to ask for the request's body, which it does
// as soon as it begins to read it.
func (a answerReader) awaitContinue() error {
	response, err := a.read()
	if err == nil && response.StatusCode != http.StatusContinue {
		err = fmt.Errorf("the answer is %s before the body was sent", response.Status)
	}
	return err
}
