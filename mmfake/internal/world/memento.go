package world

import (
	"reflect"
	"sync/atomic"
	"unsafe"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A memento is the content of a state at one time. It remembers every object that
// can be reached from the state, and where it is, and puts the content back into it:
// the objects stay the same, so that a session or a user that somebody holds is the
// one of before. It costs as much as there are objects; their texts are shared.
//
// That asks of the types in a state: what is behind a pointer to a type of package model or
// to one of the immutable ones, bytes, and what is behind interfaces are replaced and
// never changed; there are no locks; a function means the same at all times. What is
// immutable may be shared with other worlds, and read without the world's lock.
type memento struct {
	objects []object
}

// An object is a place in memory and what was in it: two pointers of the same type.
// The maps and slices of the content are the memento's own.
type object struct {
	place, content reflect.Value
}

// immutable are the types, beside those of package model, of which changes make new ones.
var immutable = map[reflect.Type]bool{
	reflect.TypeFor[Config](): true, reflect.TypeFor[rare](): true, reflect.TypeFor[emoji](): true, reflect.TypeFor[builtin](): true,
	reflect.TypeFor[string](): true, reflect.TypeFor[bool](): true,
}

var packageModel = reflect.TypeFor[model.Post]().PkgPath()

func isImmutable(t reflect.Type) bool { return immutable[t] || t.PkgPath() == packageModel }

// remember makes a memento of what a pointer leads to.
func remember(root any) *memento {
	type identity struct {
		at unsafe.Pointer
		of reflect.Type // a struct is where its first field is
	}
	m := &memento{}
	seen := map[identity]bool{}
	c := copier{maps: map[unsafe.Pointer]reflect.Value{}}
	waiting := []reflect.Value{reflect.ValueOf(root)}
	c.found = func(p reflect.Value) {
		id := identity{p.UnsafePointer(), p.Type()}
		if !seen[id] && !isImmutable(p.Type().Elem()) {
			seen[id] = true
			waiting = append(waiting, p)
		}
	}
	for len(waiting) > 0 {
		p := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		m.objects = append(m.objects, object{p, c.copyOf(p)})
	}
	return m
}

// restore puts everything back. It may be called more than once.
func (m *memento) restore() {
	c := copier{maps: map[unsafe.Pointer]reflect.Value{}, found: func(reflect.Value) {}}
	for _, o := range m.objects {
		assign(o.place.Elem(), c.copyOf(o.content).Elem())
	}
}

// assign is Set for values, either of which may be a Session: requests that are under way
// read theirs without the world's lock. So of those only what differs is written.
func assign(to, from reflect.Value) {
	if to.Type() == reflect.TypeFor[Session]() {
		assignFields(to, from)
		return
	}
	to.Set(from)
}

func assignFields(to, from reflect.Value) {
	for i := range to.NumField() {
		to, from := exposed(to.Field(i)), exposed(from.Field(i))
		if counter, ok := to.Addr().Interface().(*atomic.Int64); ok {
			counter.Store(from.Addr().Interface().(*atomic.Int64).Load())
			continue
		}
		switch to.Kind() {
		case reflect.Struct:
			assignFields(to, from)
		case reflect.Slice, reflect.Map:
			if !to.IsNil() || !from.IsNil() {
				to.Set(from)
			}
		default:
			if !to.Equal(from) {
				to.Set(from)
			}
		}
	}
}

// exposed is a field that can be set, exported or not.
func exposed(f reflect.Value) reflect.Value {
	return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
}

// A copier copies values with their maps and slices, and tells of each pointer that
// it finds, which stays the same.
type copier struct {
	maps  map[unsafe.Pointer]reflect.Value // the copies of maps, which several may hold
	found func(pointer reflect.Value)
}

// copyOf copies what a pointer leads to, and returns a pointer to the copy.
func (c *copier) copyOf(p reflect.Value) reflect.Value {
	fresh := reflect.New(p.Type().Elem())
	assign(fresh.Elem(), p.Elem())
	c.detach(fresh.Elem())
	return fresh
}

// detach gives a value, which can be set, maps and slices of its own.
func (c *copier) detach(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c.found(v)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			c.detach(exposed(v.Field(i)))
		}
	case reflect.Array:
		for i := range v.Len() {
			c.detach(v.Index(i))
		}
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(fresh, v)
		for i := range fresh.Len() {
			c.detach(fresh.Index(i))
		}
		v.Set(fresh)
	case reflect.Map:
		if !v.IsNil() {
			v.Set(c.copyMap(v))
		}
	}
}

func (c *copier) copyMap(m reflect.Value) reflect.Value {
	if known, ok := c.maps[m.UnsafePointer()]; ok {
		return known
	}
	fresh := reflect.MakeMapWithSize(m.Type(), m.Len())
	c.maps[m.UnsafePointer()] = fresh
	for each := m.MapRange(); each.Next(); {
		value := reflect.New(m.Type().Elem()).Elem()
		value.Set(each.Value())
		c.detach(value)
		fresh.SetMapIndex(each.Key(), value)
	}
	return fresh
}
