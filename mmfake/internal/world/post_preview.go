package world

import (
	"regexp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var (
	firstLink = regexp.MustCompile(`https?://[^\s<>()\[\]"]+`)
	permalink = regexp.MustCompile(`^/[0-9a-z_-]{1,64}/pl/([a-z0-9]{26})$`)
)

// previewed is the living post that a text's first link leads to, nil where that is
// none of this server's.
func (w *World) previewed(text string) *post {
	if !strings.Contains(text, "/pl/") || w.config.SiteURL == "" || !w.version.Has(versions.PostsPreviewed) {
		return nil
	}
	link := strings.TrimRight(firstLink.FindString(withoutCode(text)), ".,:;!?'*_~") // what ends a sentence, or bold text
	path, ours := strings.CutPrefix(link, w.config.SiteURL)
	match := permalink.FindStringSubmatch(path)
	if !ours || match == nil {
		return nil
	}
	p, _ := w.livingPost(match[1])
	return p
}

// notePreview writes into a post's props which other post it leads to: who may see that
// one is shown it below the link, unless there are attachments.
func (w *World) notePreview(d *model.Post) {
	p := w.previewed(d.Message)
	if p == nil || d.Props[model.PropAttachments] != nil {
		return
	}
	d.Props = withProp(d.Props, model.PropPreviewedPost, p.ID)
}

// previewOf is what is shown of the post that another one leads to, nil for none. A
// preview has no preview in it.
func (w *World) previewOf(d *model.Post) *model.PreviewPost {
	if d.DeleteAt != 0 || len(d.Metadata.Embeds) > 0 {
		return nil
	}
	p := w.previewed(d.Message)
	if p == nil {
		return nil
	}
	shown, c := w.dress(p), w.channels[p.ChannelID]
	if w.previewed(p.Message) != nil {
		shown.Metadata = nil
	}
	preview := &model.PreviewPost{PostID: p.ID, Post: shown, ChannelDisplayName: c.DisplayName, ChannelType: c.Type, ChannelID: c.ID}
	if t := w.teams[c.TeamID]; t != nil {
		preview.TeamName = t.Name
	}
	return preview
}

// showTo fits a post to the session's user who is given it: with a preview, if he may
// see the other one, and without channels that he may not read.
func (w *World) showTo(as *Session, d *model.Post) {
	w.hideForeign(as, d)
	if preview := w.previewOf(d); preview != nil && w.mayRead(as, w.channels[preview.ChannelID]) {
		d.Metadata.Embeds = []*model.PostEmbed{{Type: model.PostEmbedPermalink, Data: preview}}
	}
}

// showAllTo does that for a list, which it returns.
func (w *World) showAllTo(as *Session, list *model.PostList) *model.PostList {
	for _, d := range list.Posts {
		w.showTo(as, d)
	}
	return list
}

// tellEach makes an event about a post show each receiver the preview and the channels
// that he may see. Others do not even hear that there is a preview.
func (w *World) tellEach(e *Event, d *model.Post) {
	preview := w.previewOf(d)
	if w.namesForeign(d) {
		e.Each = func(as *Session) map[string]any { return map[string]any{"post": w.inJSON(w.shownTo(as, d, preview))} }
		return
	}
	if preview == nil {
		return
	}
	c := w.channels[preview.ChannelID]
	with, without, metadata := *d, *d, *d.Metadata
	metadata.Embeds = []*model.PostEmbed{{Type: model.PostEmbedPermalink, Data: preview}}
	with.Metadata = &metadata
	without.Props = withoutProps(d.Props, model.PropPreviewedPost)
	text := w.inJSON(&with)
	e.Data["post"] = w.inJSON(&without)
	e.Each = func(as *Session) map[string]any {
		if w.mayRead(as, c) {
			return map[string]any{"post": text}
		}
		return nil
	}
}

// shownTo is a copy of a post as an event shows it to a receiver, with the preview that
// others may see.
func (w *World) shownTo(as *Session, d *model.Post, preview *model.PreviewPost) *model.Post {
	shown, metadata := *d, *d.Metadata
	shown.Metadata = &metadata
	w.showTo(as, &shown)
	if preview != nil && len(metadata.Embeds) == 0 {
		shown.Props = withoutProps(shown.Props, model.PropPreviewedPost)
	}
	return &shown
}
