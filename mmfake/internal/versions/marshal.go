package versions

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Marshal encodes a value as a server of that version does. For the newest it is
// json.Marshal. For older ones the fields of package model's structs carry what
// differs:
//
//	since:"5.22"           the key came with that version
//	filled:"10.5"          since that version the key is sent when it is empty; before it was left out
//	full:"5.2"             up to that version the key is sent when it is empty; since then it is left out
//	blank:"5.36"           up to that version the value is sent as the zero value
//	unset:"5.36"           up to that version nil is sent as the zero value, false or 0
//	also:"parent_id 5.36"  up to that version the value is sent under that key too
func (v Version) Marshal(value any) ([]byte, error) {
	if v.IsNewest() {
		return json.Marshal(value)
	}
	e := encoder{version: v}
	if err := e.encode(reflect.ValueOf(value)); err != nil {
		return nil, fmt.Errorf("encoding as version %s: %w", v, err)
	}
	return e.out.Bytes(), nil
}

// Forget empties the fields of a struct that came after the version, by their
// since: its servers did not read them. into points to what was decoded; what is
// no struct stays as it is.
func (v Version) Forget(into any) {
	if v.IsNewest() {
		return
	}
	s := reflect.ValueOf(into)
	for s.Kind() == reflect.Pointer {
		s = s.Elem()
	}
	if s.Kind() != reflect.Struct {
		return
	}
	for _, f := range fieldsOf(s.Type()) {
		if member, ok := f.in(s); ok && v.before(f.since) {
			member.SetZero()
		}
	}
}

// Known returns a JSON object without the keys of into that came after the version:
// its servers did not mind of what kind their values are. Anything else stays as it
// is. into points to the struct that the object is for.
func (v Version) Known(object []byte, into any) []byte {
	var members map[string]json.RawMessage
	if v.IsNewest() || json.Unmarshal(object, &members) != nil {
		return object
	}
	all := len(members)
	for _, f := range fieldsOf(reflect.TypeOf(into).Elem()) {
		if v.before(f.since) {
			maps.DeleteFunc(members, func(key string, _ json.RawMessage) bool { return strings.EqualFold(key, f.key) })
		}
	}
	if len(members) == all {
		return object
	}
	known, err := json.Marshal(members)
	if err != nil {
		return object
	}
	return known
}

// An encoder writes JSON as encoding/json does, but for the keys of structs.
type encoder struct {
	version Version
	out     bytes.Buffer
}

var marshaler = reflect.TypeFor[json.Marshaler]()

func (e *encoder) encode(value reflect.Value) error {
	if !value.IsValid() {
		e.out.WriteString("null")
		return nil
	}
	if value.Type().Implements(marshaler) {
		return e.plain(value)
	}
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if value.IsNil() {
			e.out.WriteString("null")
			return nil
		}
		return e.encode(value.Elem())
	case reflect.Struct:
		return e.object(value)
	case reflect.Map:
		return e.dictionary(value)
	case reflect.Slice, reflect.Array:
		if value.Type().Elem().Kind() == reflect.Uint8 || value.Kind() == reflect.Slice && value.IsNil() {
			return e.plain(value)
		}
		return e.list(value)
	}
	return e.plain(value)
}

// plain leaves a value that has no keys of ours to encoding/json.
func (e *encoder) plain(value reflect.Value) error {
	b, err := json.Marshal(value.Interface())
	e.out.Write(b)
	return err
}

func (e *encoder) list(value reflect.Value) error {
	e.out.WriteByte('[')
	for i := range value.Len() {
		if i > 0 {
			e.out.WriteByte(',')
		}
		if err := e.encode(value.Index(i)); err != nil {
			return err
		}
	}
	e.out.WriteByte(']')
	return nil
}

func (e *encoder) dictionary(value reflect.Value) error {
	if value.IsNil() || value.Type().Key().Kind() != reflect.String {
		return e.plain(value)
	}
	keys := value.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	e.out.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			e.out.WriteByte(',')
		}
		if err := e.member(key.String(), value.MapIndex(key)); err != nil {
			return err
		}
	}
	e.out.WriteByte('}')
	return nil
}

func (e *encoder) member(key string, value reflect.Value) error {
	name, err := json.Marshal(key)
	if err != nil {
		return err
	}
	e.out.Write(name)
	e.out.WriteByte(':')
	return e.encode(value)
}

func (e *encoder) object(value reflect.Value) error {
	e.out.WriteByte('{')
	first := true
	for _, f := range fieldsOf(value.Type()) {
		member, ok := f.in(value)
		if !ok || e.version.before(f.since) {
			continue
		}
		if f.unset && member.IsNil() && !f.unsetUntil.before(e.version) {
			member = reflect.Zero(member.Type().Elem())
		} else if (f.omitEmpty && f.fullUntil.before(e.version) || e.version.before(f.filled)) && isEmpty(member) {
			continue
		}
		if f.blank && !f.blankUntil.before(e.version) {
			member = reflect.Zero(member.Type())
		}
		for _, key := range f.keys(e.version) {
			if !first {
				e.out.WriteByte(',')
			}
			first = false
			if err := e.member(key, member); err != nil {
				return err
			}
		}
	}
	e.out.WriteByte('}')
	return nil
}

// isEmpty is what encoding/json's omitempty leaves out.
func isEmpty(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Slice, reflect.Map, reflect.Array, reflect.String:
		return value.Len() == 0
	case reflect.Struct:
		return false
	}
	return value.IsZero()
}

// A field is a key of a struct's JSON.
type field struct {
	path          []int // of indexes, through embedded structs
	key           string
	omitEmpty     bool
	since, filled Version
	fullUntil     Version
	also          string
	alsoUntil     Version
	blank         bool
	blankUntil    Version
	unset         bool
	unsetUntil    Version
}

// in finds the field in a struct; it is not there behind a nil embedded pointer.
func (f *field) in(value reflect.Value) (reflect.Value, bool) {
	for _, i := range f.path {
		if value.Kind() == reflect.Pointer {
			if value.IsNil() {
				return reflect.Value{}, false
			}
			value = value.Elem()
		}
		value = value.Field(i)
	}
	return value, true
}

func (f *field) keys(version Version) []string {
	if f.also != "" && !f.alsoUntil.before(version) {
		return []string{f.key, f.also}
	}
	return []string{f.key}
}

var plans sync.Map // of []field by reflect.Type: what the tags say, read once

func fieldsOf(t reflect.Type) []field {
	if plan, ok := plans.Load(t); ok {
		return plan.([]field)
	}
	plan := visible(readFields(t, nil))
	plans.Store(t, plan)
	return plan
}

// visible leaves out the keys of embedded structs that the struct around them has
// too, as encoding/json does.
func visible(list []field) []field {
	depth := map[string]int{}
	for _, f := range list {
		if d, ok := depth[f.key]; !ok || len(f.path) < d {
			depth[f.key] = len(f.path)
		}
	}
	var plan []field
	for _, f := range list {
		if len(f.path) > depth[f.key] {
			continue
		}
		if d, ok := depth[f.also]; ok && d < len(f.path) {
			f.also = ""
		}
		plan = append(plan, f)
	}
	return plan
}

func readFields(t reflect.Type, path []int) []field {
	var list []field
	for i := range t.NumField() {
		sf := t.Field(i)
		here := append(slices.Clone(path), i)
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous && name == "" {
			inner := sf.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			list = append(list, readFields(inner, here)...)
			continue
		}
		if !sf.IsExported() || name == "-" {
			continue
		}
		f := field{path: here, key: cmp.Or(name, sf.Name), omitEmpty: options == "omitempty"}
		f.fullUntil = tagged(sf.Tag.Get("full"))
		f.since, f.filled = tagged(sf.Tag.Get("since")), tagged(sf.Tag.Get("filled"))
		if also, until, ok := strings.Cut(sf.Tag.Get("also"), " "); ok {
			f.also, f.alsoUntil = also, tagged(until)
		}
		f.blank, f.blankUntil = sf.Tag.Get("blank") != "", tagged(sf.Tag.Get("blank"))
		f.unset, f.unsetUntil = sf.Tag.Get("unset") != "", tagged(sf.Tag.Get("unset"))
		list = append(list, f)
	}
	return list
}

// tagged reads a version in a tag. None is as old as can be.
func tagged(text string) Version {
	if text == "" {
		return Version{major: 1}
	}
	return MustParse(text)
}
