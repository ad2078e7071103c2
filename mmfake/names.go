package mmfake

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// names puts names into a text where there are ids, and something steady where there
// is what differs from run to run.
type names struct {
	mm       *Server
	known    map[string]string // by id
	posts    int
	unknown  int
	replacer *strings.Replacer
}

func (s *Server) newNames() *names {
	return &names{mm: s, known: map[string]string{}, replacer: strings.NewReplacer(s.URL, "http://"+hostInMemory, s.WSURL, "ws://"+hostInMemory)}
}

var (
	words = regexp.MustCompile(`[a-z0-9]+`)
	ids   = regexp.MustCompile(`^[ybndrfg8ejkmcpqxot1uwisza345h769]{26}$`)
	ports = regexp.MustCompile(`\b(127\.0\.0\.1|localhost|\[::1\]):[0-9]+`)
	times = regexp.MustCompile(`\b1[0-9]{12}\b`)
)

// in returns the text with names in it.
func (n *names) in(text string) string {
	text = n.replacer.Replace(text)
	text = ports.ReplaceAllString(text, "$1:port")
	text = times.ReplaceAllString(text, "(time)")
	return words.ReplaceAllStringFunc(text, func(word string) string {
		if len(word) != model.IDLength || !ids.MatchString(word) {
			return word
		}
		if n.known[word] == "" {
			n.known[word] = n.name(word)
		}
		return n.known[word]
	})
}

// name is what an id is called that was not seen before.
func (n *names) name(id string) string {
	world, admin := n.mm.world, n.mm.Admin.session()
	user, channel := world.Names(id, id)
	if user != "" {
		return "@" + user
	}
	if channel != "" {
		return "~" + n.in(channel)
	}
	if t, err := world.Team(admin, id); err == nil {
		return "team-" + t.Name
	}
	if _, err := world.Post(admin, id, true); err == nil {
		n.posts++
		return fmt.Sprintf("post-%d", n.posts)
	}
	n.unknown++
	return fmt.Sprintf("id-%d", n.unknown)
}
