package world

import (
	"bytes"
	"encoding/xml"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// longestIcon bounds a bot's icon, in bytes: an SVG that somebody has drawn is far
// smaller.
const longestIcon = 1 << 20

// BotIcon returns the SVG that a bot is shown with in lists, beside its picture,
// and when it was set.
func (w *World) BotIcon(as *Session, id string) (icon []byte, changed int64, err error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u := w.users[id]
	switch {
	case u == nil || u.bot == nil || !w.maySeeBot(as, u):
		return nil, 0, errBotUnknown.With()
	case u.icon == nil:
		return nil, 0, errBotIconUnknown.With()
	}
	return u.icon, u.bot.LastIconUpdate, nil
}

// MayManageBot says whether the session's user may manage a bot, as an error where
// not: before somebody reads what he sends.
func (w *World) MayManageBot(as *Session, id string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	_, err := w.managedBot(as, id)
	return err
}

// SetBotIcon gives a bot an icon, which must be an SVG, or takes it away with nil.
func (w *World) SetBotIcon(as *Session, id string, svg []byte) error {
	if svg != nil && (len(svg) > longestIcon || !isSVG(svg)) {
		return errBotIcon.With(longestIcon)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedBot(as, id)
	if err != nil {
		return err
	}
	now := w.clock.tick()
	bot := *u.bot
	bot.UpdateAt, bot.LastIconUpdate = now, 0
	if svg != nil {
		bot.LastIconUpdate = now
	}
	u.bot, u.icon = &bot, svg
	w.touchUser(u, func(u *model.User) { u.BotLastIconUpdate = bot.LastIconUpdate })
	return nil
}

// isSVG says whether the first element of a text is an SVG's.
func isSVG(text []byte) bool { return svgAttributes(text) != nil }

// svgAttributes are those of an SVG, nil for any other text.
func svgAttributes(text []byte) []xml.Attr {
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.RawToken()
		if err != nil {
			return nil
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Local != "svg" {
				return nil
			}
			return append([]xml.Attr{}, start.Attr...)
		}
	}
}
