package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// SearchFiles finds files of posts in the channels that the session's user is a
// member of by the words of their names, newest first, up to a hundred. The
// modifiers are those of posts, and ext: for the extension.
func (w *World) SearchFiles(as *Session, s PostSearch) (*model.FileInfoList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.maySearch(as, s); err != nil {
		return nil, err
	}
	if !w.config.EnableFileSearch {
		return nil, errFileSearchOff.With()
	}
	found := &model.FileInfoList{Order: []string{}, FileInfos: map[string]*model.FileInfo{}}
	search := w.fileSearch(as, s)
	if s.Page > 0 { // only the first page has any files, as with the real server's database
		return found, nil
	}
	for _, f := range slices.Backward(w.files.all) {
		if search.finds(f) {
			found.Order = append(found.Order, f.ID)
			found.FileInfos[f.ID] = f.FileInfo
		}
		if len(found.Order) == mostFound {
			break
		}
	}
	return found, nil
}

// A fileSearch is what somebody looks for among the files.
type fileSearch struct {
	searchScope
	world               *World
	extensions, without []string
}

func (w *World) fileSearch(as *Session, s PostSearch) *fileSearch {
	f := &fileSearch{world: w}
	var rest []string
	for _, token := range searchTokens(s.Terms) {
		if ext, ok := strings.CutPrefix(strings.ToLower(token), "ext:"); ok {
			f.extensions = append(f.extensions, ext)
		} else if ext, ok := strings.CutPrefix(strings.ToLower(token), "-ext:"); ok {
			f.without = append(f.without, ext)
		} else {
			rest = append(rest, token)
		}
	}
	f.searchScope = w.scopeOf(as, s, parseSearch(strings.Join(rest, " "), s.Either, s.Zone))
	return f
}

func (s *fileSearch) finds(f *file) bool {
	q := s.query
	if f.PostID == "" || s.world.gone(f) || !s.has(f.ChannelID, f.UserID, f.CreateAt) {
		return false
	}
	if len(s.extensions) > 0 && !slices.Contains(s.extensions, f.Extension) || slices.Contains(s.without, f.Extension) {
		return false
	}
	words := slices.Collect(eachWord(f.Name))
	has := func(t searchTerm) bool { return t.in(words) }
	return !slices.ContainsFunc(q.notWords, has) && (len(q.words) == 0 || meets(q.words, q.either, has))
}
