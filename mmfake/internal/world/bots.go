package world

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// mayManageBot says whether the session's user owns a bot or manages those of others.
func (w *World) mayManageBot(as *Session, u *user) bool {
	return u.bot.OwnerID == as.UserID && w.may(as, ManageBots) || w.may(as, ManageOthersBots)
}

// CreateBot makes a bot account that the session's user owns (facts 2.10).
func (w *World) CreateBot(as *Session, in model.Bot) (*model.Bot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, CreateBot) || as.user.bot != nil {
		return nil, ErrPermission.With(CreateBot)
	}
	if !w.config.EnableBotAccountCreation {
		return nil, errBotsDisabled.With()
	}
	u, err := w.addBot(as.user, in)
	if err != nil {
		return nil, err
	}
	w.greetOwner(u, as.user)
	return u.bot.Clone(), nil
}

// addBot validates and stores a bot. It is in no team and no channel.
func (w *World) addBot(owner *user, in model.Bot) (*user, error) {
	name := strings.ToLower(in.Username)
	if !validUsername(name) {
		return nil, errBotName.With()
	}
	u := &user{User: w.freshUser(&model.User{Username: name, Email: name + "@localhost", FirstName: in.DisplayName})}
	u.IsBot, u.BotDescription, u.RemoteID = true, in.Description, nil
	if err := w.checkUser(u.User, nil); err != nil {
		return nil, err
	}
	u.bot = &model.Bot{
		UserID: u.ID, Username: name, DisplayName: in.DisplayName, Description: in.Description,
		OwnerID: owner.ID, CreateAt: u.CreateAt, UpdateAt: u.UpdateAt,
	}
	w.storeUser(u)
	w.publish(&Event{Name: model.EventNewUser, Data: map[string]any{"user_id": u.ID}})
	return u, nil
}

// greetOwner opens the direct channel of a new bot and its owner with a post.
func (w *World) greetOwner(bot, owner *user) {
	c := w.direct(bot, owner)
	w.systemPost(c, bot, model.PostTypeAddBot,
		"Please add me to teams and channels you want me to interact in. To do this, use the browser or Mattermost Desktop App.", nil)
}
