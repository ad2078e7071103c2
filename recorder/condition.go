package recorder

import (
	"errors"
	"strings"
)

// A Condition is something that a T meets or does not meet, and that can say
// so in words.
//
// A condition of one's own needs only Want and Miss:
//
//	recorder.Match{
//		Want: "an answer within a second",
//		Miss: func(ex *recorder.Exchange) string {
//			if ex.Duration <= time.Second {
//				return ""
//			}
//			return "it took " + ex.Duration.String()
//		},
//	}
type Condition[T any] struct {
	// Want is what is wanted, in words that stand after "wanted:", as
	// "status 201".
	Want string
	// Miss returns "" for a value that meets the condition, and else in words
	// what is different, as "status is 503, wanted 201". It changes nothing
	// and may be called from several goroutines at once.
	Miss func(T) string
	// Err is set when the condition as written can never be met, as with a
	// route without a method, and says how to write it. See [Check].
	Err error
	// About holds what the condition is about, for the package that made it, such
	// as the user whose posts meet it. And, Or and Not hand it on; nothing else in
	// this package looks at what others put there.
	About []any

	// all holds the conditions that And was made of, so that each is told of
	// by itself.
	all []Condition[T]
}

// Meets tells whether v meets the condition.
func (c Condition[T]) Meets(v T) bool {
	if c.all != nil {
		return meetsAll(v, c.all)
	}
	return c.Miss(v) == ""
}

// And is met by what meets every condition, and by everything when there is
// none.
func And[T any](conditions ...Condition[T]) Condition[T] {
	all := flatten(conditions)
	return Condition[T]{
		Want: wordsOf(all, " and ", "anything"),
		Miss: func(v T) string { return joinMisses(v, all) },
		Err:  Check(all...),

		About: about(all),
		all:   all,
	}
}

// Or is met by what meets at least one of the conditions, of which there must
// be one.
func Or[T any](conditions ...Condition[T]) Condition[T] {
	err := Check(conditions...)
	if len(conditions) == 0 {
		err = errors.New("an Or without conditions is met by nothing: name at least one")
	}
	return Condition[T]{
		Want: "either " + wordsOf(conditions, " or ", "nothing"),
		Miss: func(v T) string {
			for _, c := range conditions {
				if c.Meets(v) {
					return ""
				}
			}
			return "neither: " + joinMisses(v, conditions)
		},
		Err:   err,
		About: about(conditions),
	}
}

// Not is met by what does not meet the condition.
func Not[T any](condition Condition[T]) Condition[T] {
	return Condition[T]{
		Want: "not (" + condition.Want + ")",
		Miss: func(v T) string {
			if condition.Meets(v) {
				return "it has what was not wanted: " + condition.Want
			}
			return ""
		},
		Err:   Check(condition),
		About: condition.About,
	}
}

// Check returns an error when a condition can never be met as it is written:
// its Err, or that its Miss is missing. Those who take conditions from a user
// call it first; a query without an error result panics with the same text.
func Check[T any](conditions ...Condition[T]) error {
	for _, c := range conditions {
		switch {
		case c.Err != nil:
			return c.Err
		case c.Miss == nil:
			return errors.New("a condition has no Miss function (wanted: " + c.Want + "): make it with a function of this package, or set Miss")
		}
	}
	return nil
}

// about returns what any of the conditions is about.
func about[T any](conditions []Condition[T]) []any {
	var all []any
	for _, c := range conditions {
		all = append(all, c.About...)
	}
	return all
}

// meetsAll tells whether v meets every condition; it stops at the first that
// it does not.
func meetsAll[T any](v T, conditions []Condition[T]) bool {
	for i := range conditions {
		if !conditions[i].Meets(v) {
			return false
		}
	}
	return true
}

// missesOf returns what v misses, a text for each condition that it does not
// meet, and the index of the first of them.
func missesOf[T any](v T, conditions []Condition[T]) (misses []string, first int) {
	for i, c := range conditions {
		miss := c.Miss(v)
		if miss == "" {
			continue
		}
		if len(misses) == 0 {
			first = i
		}
		misses = append(misses, miss)
	}
	return misses, first
}

// joinMisses returns what v misses in one text.
func joinMisses[T any](v T, conditions []Condition[T]) string {
	misses, _ := missesOf(v, conditions)
	return strings.Join(misses, "; ")
}

// flatten returns conditions with those of every And in its place. The result
// is never nil.
func flatten[T any](conditions []Condition[T]) []Condition[T] {
	flat := make([]Condition[T], 0, len(conditions))
	for _, c := range conditions {
		if c.all != nil {
			flat = append(flat, c.all...)
		} else {
			flat = append(flat, c)
		}
	}
	return flat
}

// wordsOf joins what the conditions want.
func wordsOf[T any](conditions []Condition[T], between, none string) string {
	if len(conditions) == 0 {
		return none
	}
	words := make([]string, len(conditions))
	for i, c := range conditions {
		words[i] = c.Want
		if c.all != nil {
			words[i] = "(" + c.Want + ")"
		}
	}
	return strings.Join(words, between)
}
