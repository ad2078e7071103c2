package world_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestASearchFindsExactlyThePostsThatHaveTheWords(t *testing.T) {
	s := newStage(t, 3)
	random := rand.New(rand.NewPCG(5, 6))
	word := func() string { return fmt.Sprint("word", random.IntN(200)) }
	var posts []*model.Post
	for i := range 2000 {
		posts = append(posts, s.post(i, strings.Join([]string{word(), word(), word(), word(), word(), word()}, " ")))
	}
	for range 200 { // edits move posts to newer blocks
		i := random.IntN(len(posts))
		text := word() + " " + word()
		edited, err := s.world.PatchPost(s.member, posts[i].ID, &model.PostPatch{Message: &text})
		require.NoError(t, err)
		posts[i] = edited
	}
	for range 100 {
		a, b := word(), word()
		for either, has := range map[bool]func(words []string) bool{
			false: func(words []string) bool { return slices.Contains(words, a) && slices.Contains(words, b) },
			true:  func(words []string) bool { return slices.Contains(words, a) || slices.Contains(words, b) },
		} {
			want := []string{}
			for _, p := range slices.Backward(posts) {
				if has(strings.Fields(p.Message)) && len(want) < 100 {
					want = append(want, p.ID)
				}
			}
			list, err := s.world.SearchPosts(s.member, world.PostSearch{Terms: a + " " + b, Either: either})
			require.NoError(t, err)
			assert.Equal(t, want, list.Order)
		}
	}
}
