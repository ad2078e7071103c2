package recorder_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// divisible is a condition on something that is no exchange.
func divisible(by int) recorder.Condition[int] {
	return recorder.Condition[int]{
		Want: "divisible by " + strconv.Itoa(by),
		Miss: func(n int) string {
			if n%by == 0 {
				return ""
			}
			return "remainder by " + strconv.Itoa(by) + " is " + strconv.Itoa(n%by)
		},
	}
}

func TestAndOrAndNotSpeakForTheirConditions(t *testing.T) {
	two, three, five := divisible(2), divisible(3), divisible(5)
	for _, c := range []struct {
		condition recorder.Condition[int]
		n         int
		want      string
		miss      string
	}{
		{recorder.And(two, three), 6, "divisible by 2 and divisible by 3", ""},
		{recorder.And(two, three), 7, "divisible by 2 and divisible by 3", "remainder by 2 is 1; remainder by 3 is 1"},
		{recorder.And(two, recorder.And(three, five)), 7, "divisible by 2 and divisible by 3 and divisible by 5",
			"remainder by 2 is 1; remainder by 3 is 1; remainder by 5 is 2"},
		{recorder.And[int](), 7, "anything", ""},
		{recorder.Or(two, three), 9, "either divisible by 2 or divisible by 3", ""},
		{recorder.Or(two, three), 7, "either divisible by 2 or divisible by 3", "neither: remainder by 2 is 1; remainder by 3 is 1"},
		{recorder.Or(recorder.And(two, three), five), 10, "either (divisible by 2 and divisible by 3) or divisible by 5", ""},
		{recorder.Not(two), 7, "not (divisible by 2)", ""},
		{recorder.Not(two), 8, "not (divisible by 2)", "it has what was not wanted: divisible by 2"},
		{recorder.Not(recorder.And(two, three)), 8, "not (divisible by 2 and divisible by 3)", ""},
	} {
		assert.Equal(t, c.want, c.condition.Want)
		assert.Equal(t, c.miss, c.condition.Miss(c.n))
		assert.Equal(t, c.miss == "", c.condition.Meets(c.n))
		assert.NoError(t, recorder.Check(c.condition))
	}
}

// For all numbers: Meets and Miss agree, and And, Or and Not follow logic.
func TestConditionsFollowLogic(t *testing.T) {
	two, three := divisible(2), divisible(3)
	for n := range 100 {
		a, b := two.Meets(n), three.Meets(n)
		for condition, want := range map[*recorder.Condition[int]]bool{
			new(recorder.And(two, three)):                            a && b,
			new(recorder.Or(two, three)):                             a || b,
			new(recorder.Not(two)):                                   !a,
			new(recorder.Not(recorder.Or(two, recorder.Not(three)))): !a && b,
		} {
			assert.Equal(t, want, condition.Meets(n))
			assert.Equal(t, want, condition.Miss(n) == "")
		}
	}
}

func TestAWrongConditionStaysWrongInsideOthers(t *testing.T) {
	wrong := recorder.Condition[int]{Err: errors.New("wrong")}
	for _, condition := range []recorder.Condition[int]{
		recorder.And(divisible(2), wrong), recorder.Or(divisible(2), wrong), recorder.Not(wrong), recorder.Not(recorder.And(wrong)),
	} {
		assert.EqualError(t, recorder.Check(condition), "wrong")
	}
}

func TestNearestIsWhatMissesTheFewestConditionsThenTheLaterOneThenTheLatest(t *testing.T) {
	conditions := []recorder.Condition[int]{divisible(2), recorder.And(divisible(3), divisible(5))}
	for _, c := range []struct {
		candidates []int
		want       int
	}{
		{[]int{6, 7, 9}, 6},    // misses one, the others two or three
		{[]int{6, 15}, 6},      // 6 misses the last condition, 15 the first
		{[]int{15, 6}, 6},      // in any order
		{[]int{6, 12}, 12},     // equals: the latest
		{[]int{30, 7, 60}, 7},  // what meets all is no candidate
		{[]int{7, 11, 13}, 13}, // nothing fits
	} {
		nearest, misses, ok := recorder.Nearest(slices.Values(c.candidates), conditions...)
		assert.True(t, ok)
		assert.Equal(t, c.want, nearest)
		assert.NotEmpty(t, misses)
	}
	_, _, ok := recorder.Nearest(slices.Values([]int{30}), conditions...)
	assert.False(t, ok)
}

func TestNearestIsMostLikeWhatIsWanted(t *testing.T) {
	said := func(texts ...string) []*recorder.Exchange {
		var list []*recorder.Exchange
		for _, text := range texts {
			list = append(list, posted("robot", text, 201))
		}
		return list
	}
	noted := said("deploying to test", "good morning", "")
	noted = append(noted, &recorder.Exchange{})
	for _, match := range []recorder.Match{
		recorder.JSON("message", "deploying to prod"), recorder.JSONContains("message", "to prod"), recorder.JSONSubset(map[string]string{"message": "deploying to prod"}),
		recorder.BodyContains("deploying to prod"), recorder.Or(recorder.JSON("message", "deploying to prod"), recorder.Status(500)),
	} {
		nearest, _, _ := recorder.Nearest(slices.Values(noted), match)
		assert.Same(t, noted[0], nearest, match.Want)
	}
}

func TestExplainPutsWantedAndNearestBelowEachOther(t *testing.T) {
	assert.Equal(t, "wanted:  divisible by 2\n         divisible by 3\nnearest: 4\n         remainder by 3 is 1",
		recorder.Explain(slices.Values([]int{4, 5, 6}), recorder.And(divisible(2), divisible(3))))
	assert.Equal(t, "wanted:  divisible by 2\nnearest: none, there is nothing to compare with",
		recorder.Explain(slices.Values([]int{}), divisible(2)))
	assert.Equal(t, "wanted:  anything\nnearest: none, all 2 there are meet it",
		recorder.Explain(slices.Values([]int{1, 2})))
}
