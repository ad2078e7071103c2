package assertions

import (
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
)

// A caller is a test whose failures name the test's lines and none of this package.
type caller struct{ TestingT }

// A namedCaller is one that has a name, which testify shows.
type namedCaller struct {
	caller
	named
}

type named interface{ Name() string }

// calling is the test as assert.Fail is to see it.
func calling(t TestingT) TestingT {
	if n, ok := t.(named); ok {
		return namedCaller{caller{t}, n}
	}
	return caller{t}
}

func (c caller) Errorf(format string, args ...any) {
	c.Helper()
	c.TestingT.Errorf("%s", ownLines.ReplaceAllString(fmt.Sprintf(format, args...), "$1"))
}

// ownLines are those at the begin of testify's list of callers that are of this package.
var ownLines = regexp.MustCompile(`(Error Trace:\t)(?:` + regexp.QuoteMeta(directory()) + `/[a-z]+\.go:\d+\n\s+)+`)

func directory() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.ToSlash(filepath.Dir(file))
}
