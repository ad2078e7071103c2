package world

import (
	"reflect"
	"unsafe"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A memento is the content of a state at one time. It remembers every object that
// can be reached from the state, and where it is, and puts the content back into it:
// the objects stay the same, so that a session or a user that somebody holds is the
// one of before. It costs as much as there are objects; their texts are shared.
//
// That asks of the types in a state: posts, users, bots and file infos of package model, bytes
// and what is behind interfaces are replaced and never changed; there are no locks;
// a function means the same at all times.
type memento struct {
	objects []object
}

// An object is a place in memory and what was in it: two pointers of the same type.
// The maps and slices of the content are the memento's own.
type object struct {
	place, content reflect.Value
}

// immutable are the types of which changes make new ones.
var immutable = map[reflect.Type]bool{
	reflect.TypeFor[model.Post](): true, reflect.TypeFor[model.User](): true, reflect.TypeFor[model.Bot](): true, reflect.TypeFor[model.FileInfo](): true,
	reflect.TypeFor[Config](): true,
}

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
		if !seen[id] && !immutable[p.Type().Elem()] {
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
		o.place.Elem().Set(c.copyOf(o.content).Elem())
	}
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
	fresh.Elem().Set(p.Elem())
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
			f := v.Field(i)
			c.detach(reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()) // fields that are not exported too
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
