package recorder_test

import (
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// filled sets everything that can be set below a value to something of its own.
func filled(v reflect.Value, n *int64) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("text " + string(rune('a'+*n)))
	case reflect.Int, reflect.Int64:
		v.SetInt(*n << (*n % 40))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			filled(v.Index(i), n)
		}
	case reflect.Uint8:
		v.SetUint(uint64(*n))
	case reflect.Map:
		v.Set(reflect.ValueOf(http.Header{"One": {"1"}, "Two": {"2", ""}, "None": nil}))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Type == reflect.TypeFor[time.Time]() {
				v.Field(i).Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("here", 3600))))
				continue
			}
			filled(v.Field(i), n)
		}
	}
}

func TestTheJournalGivesBackEveryFieldOfAnExchange(t *testing.T) {
	var full recorder.Exchange
	filled(reflect.ValueOf(&full).Elem(), new(int64))
	full.Request.Size, full.Response.Size = 1<<40, 7 // of bodies that were cut
	less := recorder.Exchange{Kind: recorder.KindSocket, Duration: -1}
	less.Request.Header, less.Request.Body = http.Header{}, []byte{}
	large := full
	large.Response.Body = make([]byte, 10_000)
	large.Response.Size = 1 << 40

	for _, ex := range []recorder.Exchange{full, less, large} {
		journal := recorder.NewJournal(recorder.Limits{})
		want := ex
		journal.Append(&want)

		got := journal.All()[0]

		assert.Equal(t, want, *got)
		assert.Same(t, got, journal.All()[0], "it is the same each time")
	}
}

func TestABodyMayBeUsedAgainAfterAppend(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{})
	short, long := []byte("short"), make([]byte, 5000)
	journal.Append(&recorder.Exchange{Request: recorder.Request{Message: recorder.Message{Body: short}}})
	journal.Append(&recorder.Exchange{
		Request:  recorder.Request{Message: recorder.Message{Body: short}},
		Response: recorder.Response{Message: recorder.Message{Body: long}},
	})
	copy(short, "SHORT")

	for _, ex := range journal.All() {
		assert.Equal(t, "short", ex.Request.Text())
	}
}
