// Package versions says how the versions of Mattermost differ: which behaviour
// came when (features.go names it, features_since.go dates it), which endpoints
// (endpoints.go) and events (events.go), which keys its JSON objects had (the tags
// that Marshal reads), and what its errors (errors.go) and permissions
// (permissions.go) were called. Nothing else in the fake compares versions.
package versions

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Version is a version of Mattermost that a fake behaves as. The zero Version
// is the newest.
type Version struct {
	major, minor int
	full         string // as asked for, such as "9.11.2"
}

// Newest is the version that a fake behaves as unless it is told otherwise.
const Newest = "11.6.0"

// Parse reads a version such as "5.0", "5.36" or "9.11.2". One that was not recorded
// behaves as the recorded one before it, with all that is dated up to it. An empty
// text is the newest.
func Parse(text string) (Version, error) {
	if text == "" || text == Newest {
		return newest, nil
	}
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return Version{}, fmt.Errorf("%q is no version of Mattermost: write one like 11.6 or 9.11.2", text)
	}
	var n [3]int
	for i, part := range parts {
		number, err := strconv.Atoi(part)
		if err != nil || number < 0 {
			return Version{}, fmt.Errorf("%q is no version of Mattermost: write one like 11.6 or 9.11.2", text)
		}
		n[i] = number
	}
	if n[0] < 5 {
		return Version{}, fmt.Errorf("version %s is older than 5.0, the oldest that the fake knows: ask for 5.0", text)
	}
	return Version{major: n[0], minor: n[1], full: fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2])}, nil
}

// MustParse is Parse for versions that the program itself names.
func MustParse(text string) Version {
	v, err := Parse(text)
	if err != nil {
		panic("versions: " + err.Error())
	}
	return v
}

// String is the version in full, such as "11.6.0".
func (v Version) String() string { return cmp.Or(v.full, Newest) }

// table is the version as tables write it, such as "5.12" or "after 5.36".
func (v Version) table() string {
	if v.major == after536.major && v.minor == after536.minor {
		return "after 5.36"
	}
	return fmt.Sprintf("%d.%d", v.major, v.minor)
}

// IsNewest says whether the version behaves in everything as the newest does.
func (v Version) IsNewest() bool { return v.major == 0 || !v.before(newest) }

var newest = Version{major: 11, minor: 6, full: Newest}

func (v Version) before(w Version) bool {
	if v.major == 0 {
		return false
	}
	return v.major < w.major || v.major == w.major && v.minor < w.minor
}

func v(major, minor int) Version { return Version{major: major, minor: minor} }

// after536 dates what is only known to have come after 5.36: between there and 11.6
// nothing was recorded. It counts as there from 6.0 on, because the servers that
// people run, of 9.11 and 10.5 say, are much nearer to 11.6 than to 5.36.
var after536 = v(6, 0)
