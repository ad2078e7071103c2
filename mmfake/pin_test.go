package mmfake_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAPostCanBePinned(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	post := alice.Post(dev, "read this first")

	status, _ := request(t, mm, alice, "POST /api/v4/posts/"+post.ID+"/pin", "", "")

	assert.Equal(t, http.StatusOK, status)
	assert.True(t, dev.Posts()[0].IsPinned)
}
