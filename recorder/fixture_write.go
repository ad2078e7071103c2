package recorder

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Bytes returns the fixture as a file has it.
func (f *Fixture) Bytes() []byte {
	file := &value{kind: object}
	file.add("format", &value{kind: number, text: strconv.Itoa(FixtureFormat)})
	file.addText("server", f.server)
	file.add("redacted", textList(f.redacted))
	file.add("names", f.nameTable())
	file.add("exchanges", &value{kind: array, items: f.exchanges})
	return append(file.layout(nil, 0, 0), '\n')
}

// nameTable returns the names by their kinds.
func (f *Fixture) nameTable() *value {
	table := &value{kind: object}
	for _, name := range f.names {
		kind, rest, _ := strings.Cut(name, ".")
		if table.get(kind) == nil {
			table.add(kind, &value{kind: array})
		}
		list := table.get(kind)
		list.items = append(list.items, textValue(rest))
	}
	return table
}

// lineWidth is how long a line may get that holds more than one value.
const lineWidth = 100

// layout writes the value as JSON that people read: what fits on a line stands on
// one. Indent is the depth of the line, used how much of it is taken.
func (v *value) layout(out []byte, indent, used int) []byte {
	if v.kind != array && v.kind != object || len(v.items) == 0 {
		return v.append(out)
	}
	if indent > 0 && v.roomAfter(lineWidth-used) >= 0 {
		if line := v.appendSpaced(nil); used+len(line) <= lineWidth {
			return append(out, line...)
		}
	}
	open, end := v.brackets()
	out = append(out, open)
	for i, item := range v.items {
		out = append(append(out, '\n'), bytes.Repeat([]byte(" "), indent+1)...)
		before := len(out)
		if v.kind == object {
			out = append(appendText(out, v.keys[i]), ": "...)
		}
		out = item.layout(out, indent+1, indent+1+len(out)-before)
		if i < len(v.items)-1 {
			out = append(out, ',')
		}
	}
	out = append(append(out, '\n'), bytes.Repeat([]byte(" "), indent)...)
	return append(out, end)
}

// roomAfter returns how much of a line is free at most behind the value; it looks no
// further than to where nothing is.
func (v *value) roomAfter(room int) int {
	room -= len(v.text)
	for i, item := range v.items {
		if room < 0 {
			return room
		}
		room--
		if v.kind == object {
			room -= len(v.keys[i])
		}
		room = item.roomAfter(room)
	}
	return room
}

// Save writes the fixture to a file that only its owner may read, or to that to which a
// symbolic link leads. The directory is made if it is missing. The file is there as a whole
// or not at all: one that was there stays when writing fails, and is not touched when it is
// the same. What is there and is no file, such as a directory or a device, is an error.
func (f *Fixture) Save(path string) error {
	if err := writeFile(path, f.Bytes()); err != nil {
		return fmt.Errorf("recorder: %s is not written: %w", path, err)
	}
	return nil
}

func writeFile(path string, content []byte) error {
	switch info, err := os.Stat(path); {
	case path == "":
		return errors.New("it has no name")
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is there already and is not a file")
	case err == nil && info.Size() == int64(len(content)):
		if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, content) {
			return os.Chmod(path, 0o600)
		}
	}
	path = behindLinks(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := replaceFile(path, content); err != nil {
		return innermost(err) // the name of the file that was to take its place says nothing
	}
	return nil
}

// behindLinks is the path to which symbolic links lead, if there are any.
func behindLinks(path string) string {
	for range 40 { // no more than the system follows
		to, err := os.Readlink(path)
		switch {
		case err != nil:
			return path
		case filepath.IsAbs(to):
			path = to
		default:
			path = filepath.Join(filepath.Dir(path), to)
		}
	}
	return path
}

// replaceFile puts a file with the content in the place of what is there.
func replaceFile(path string, content []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			file.Close()
			os.Remove(file.Name())
		}
	}()
	if _, err := file.Write(content); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
