package model

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fill sets everything in v to something, lists and maps to one entry.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 4 {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), depth+1)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Map:
		x := reflect.New(v.Type().Elem()).Elem()
		fill(x, depth+1)
		k := reflect.New(v.Type().Key()).Elem()
		fill(k, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(k, x)
	case reflect.Interface:
		v.Set(reflect.ValueOf("any"))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint8:
		v.SetUint(1)
	}
}

// shared names the fields of the structs a and b that are the same map, list
// or pointer.
func shared(a, b reflect.Value) (names []string) {
	for i := range a.NumField() {
		switch f := a.Field(i); f.Kind() {
		case reflect.Map, reflect.Slice, reflect.Pointer:
			if !f.IsNil() && f.Pointer() == b.Field(i).Pointer() {
				names = append(names, a.Type().Field(i).Name)
			}
		case reflect.Struct:
			if a.Type().Field(i).Anonymous {
				names = append(names, shared(f, b.Field(i))...)
			}
		}
	}
	return names
}

func checkClone[T any](t *testing.T, cloned func(*T) *T, mayShare ...string) {
	t.Helper()
	original, again := new(T), new(T)
	fill(reflect.ValueOf(original).Elem(), 0)
	fill(reflect.ValueOf(again).Elem(), 0)
	c := cloned(original)
	require.Equal(t, again, c)
	assert.Equal(t, again, original)
	assert.NotSame(t, original, c)
	assert.ElementsMatch(t, mayShare, shared(reflect.ValueOf(original).Elem(), reflect.ValueOf(c).Elem()))
	assert.Equal(t, new(T), cloned(new(T)), "what is nil stays nil")
	assert.Nil(t, cloned(nil))
}

func TestACloneIsEqualAndSharesNoMapListOrPointerOfItsOwn(t *testing.T) {
	checkClone(t, (*Post).Clone)
	checkClone(t, (*PostMetadata).Clone)
	checkClone(t, (*Draft).Clone)
	checkClone(t, (*Attachment).Clone)
	checkClone(t, (*Action).Clone)
	checkClone(t, (*Reaction).Clone)
	checkClone(t, (*Session).Clone)
	checkClone(t, (*TeamMember).Clone)
	checkClone(t, (*SidebarCategory).Clone)
	checkClone(t, (*IncomingWebhook).Clone)
	checkClone(t, (*OutgoingWebhook).Clone)
}

func TestACloneOfWhatNobodyChangesSharesIt(t *testing.T) {
	checkClone(t, (*Command).Clone, "AutocompleteData")
}

func TestACloneOfAPostTellsNullFromEmptyAsThePostDoes(t *testing.T) {
	c := (&Post{Props: Props{}, FileIDs: []string{}}).Clone()
	assert.NotNil(t, c.Props)
	assert.NotNil(t, c.FileIDs)
}

func TestACloneOfAnAttachmentHasActionsAndIntegrationsOfItsOwn(t *testing.T) {
	a := &Attachment{
		Fields:  []*AttachmentField{{Title: "t"}},
		Actions: []*Action{{Options: []*ActionOption{{Text: "o"}}, Integration: &Integration{URL: "u"}}},
	}
	c := a.Clone()
	c.Fields[0].Title = "changed"
	c.Actions[0].ID = "changed"
	c.Actions[0].Options[0].Text = "changed"
	c.Actions[0].Integration.URL = "changed"
	assert.Equal(t, "t", a.Fields[0].Title)
	assert.Empty(t, a.Actions[0].ID)
	assert.Equal(t, "o", a.Actions[0].Options[0].Text)
	assert.Equal(t, "u", a.Actions[0].Integration.URL)
}
