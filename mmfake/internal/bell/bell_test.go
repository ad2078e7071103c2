package bell_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
)

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestABellWakesAllWhoWait(t *testing.T) {
	var b bell.Bell
	one, other := b.Next(), b.Next()
	assert.False(t, isClosed(one))

	b.Ring()

	assert.True(t, isClosed(one))
	assert.True(t, isClosed(other))
}

func TestWhoComesAfterABellWaitsForTheNextTime(t *testing.T) {
	var b bell.Bell
	b.Ring()
	assert.False(t, b.Awaited())

	next := b.Next()

	assert.True(t, b.Awaited())
	assert.False(t, isClosed(next))
	b.Ring()
	assert.True(t, isClosed(next))
	assert.False(t, b.Awaited())
}
