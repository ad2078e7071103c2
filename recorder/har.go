package recorder

import (
	"bytes"
	"fmt"
	"os"
)

// HARs are read and written in version 1.2, http://www.softwareishard.com/blog/har-12-spec/,
// with websocket messages as Chrome writes them. What HAR has no field for stands in
// fields whose names begin with "_", as the specification asks.
const harVersion = "1.2"

// HAR returns the fixture as a HAR 1.2 file, which a browser's network tab opens. Names
// are written as what they stand for (see [Fixture.Value]), times are made up: a
// millisecond for each exchange, in their order. Websocket messages stand with the
// request that began their connection, in the form that Chrome writes. Requests that the
// server made are marked: their comment says so, and their "_direction" is "out".
// [ParseHAR] makes the same fixture of it again.
func (f *Fixture) HAR() []byte {
	log := &value{kind: object}
	log.add("version", textValue(harVersion))
	creator := &value{kind: object}
	creator.add("name", textValue("mattermost-fake"))
	creator.add("version", textValue(fmt.Sprint(FixtureFormat)))
	log.add("creator", creator)
	log.add("comment", textValue("A recorded session with Mattermost. Ids, secrets and times are stand-ins."))
	log.add("_fixture", f.harHead())
	log.add("entries", (&harWriter{site: f.harSite(), plan: f.planSockets()}).entries(f.Exchanges()))
	file := &value{kind: object}
	file.add("log", log)
	return append(file.layout(nil, 0, 0), '\n')
}

// SaveHAR writes the fixture as a HAR 1.2 file, as [Fixture.Save] writes files.
func (f *Fixture) SaveHAR(path string) error {
	if err := writeFile(path, f.HAR()); err != nil {
		return fmt.Errorf("recorder: %s is not written: %w", path, err)
	}
	return nil
}

// LoadHAR reads a HAR 1.2 file, as browsers save it from their network tab, and makes a
// fixture of the requests to one Mattermost server that are in it: those to /api/v4 and
// to webhooks, and the websocket messages, in the order of their times. [Site] says which
// server; without it there must be only one. A session's cookie is shown as the
// header Authorization. Everything is redacted as in any other fixture, by the options
// too.
//
// The second result says in words what of the file is not in the fixture: requests to
// other servers and for pages, and bodies that the browser has not kept. The error names
// the file, the line, the place and the reason where the file is no HAR 1.2, is cut short
// or larger than 256 MB.
func LoadHAR(path string, options ...FixtureOption) (f *Fixture, leftOut []string, err error) {
	switch info, err := os.Stat(path); {
	case err != nil:
		return nil, nil, fmt.Errorf("recorder: %w", err)
	case info.Size() > mostHAR:
		return nil, nil, tooLargeHAR(path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("recorder: %w", err)
	}
	return ParseHAR(path, content, options...)
}

func tooLargeHAR(path string) error {
	return fmt.Errorf("recorder: %s is larger than %d MB: save only the requests to Mattermost, or without the content of pages", path, mostHAR>>20)
}

// mostHAR is how large a file may be.
const mostHAR = 256 << 20

// ParseHAR is [LoadHAR] for a content at hand; its errors name the file as path.
func ParseHAR(path string, content []byte, options ...FixtureOption) (f *Fixture, leftOut []string, err error) {
	if len(content) > mostHAR {
		return nil, nil, tooLargeHAR(path)
	}
	rules, err := newFixtureRules(options)
	if err != nil {
		return nil, nil, fmt.Errorf("recorder: %w", err)
	}
	content = bytes.TrimPrefix(content, byteOrderMark)
	file, err := parseValue(content)
	if err != nil {
		return nil, nil, fmt.Errorf("recorder: %s:%s", path, syntaxError(content, err))
	}
	r := &harReader{site: rules.site(), base: rules.base}
	r.file(file)
	if r.reason != "" {
		return nil, nil, fmt.Errorf("recorder: %s:%d: %s", path, lineAt(content, r.at.at), r.reason)
	}
	exchanges := make([]*Exchange, len(r.found))
	for i, found := range r.found {
		exchanges[i] = found.ex
	}
	if len(exchanges) == 0 && r.own.v == nil {
		return nil, nil, fmt.Errorf("recorder: %s has no request to the Mattermost server at %s", path, r.site)
	}
	known := append([]FixtureOption{atSite(r.site, r.base), KeepFollowed()}, r.options...)
	f, err = NewFixture(exchanges, append(known, options...)...)
	if err != nil {
		return nil, nil, fmt.Errorf("recorder: %s: %w", path, err)
	}
	return f, r.leftOut(), nil
}
