package world

import (
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const longestBotDescription = 1024 // characters

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
	return u.bot, nil
}

// addBot validates and stores a bot. It is in no team and no channel, and nobody is
// told of it. Unlike a user's a new bot's name has to be lower case already (facts
// 2.6, 2.10).
func (w *World) addBot(owner *user, in model.Bot) (*user, error) {
	name := strings.ToLower(in.Username)
	if w.version.Has(versions.BotsChecked) {
		if err := w.checkBot(in.Username, in.Description); err != nil {
			return nil, err
		}
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
	return u, nil
}

func (w *World) checkBot(name, description string) error {
	switch {
	case !w.ValidUsername(name):
		return errBotName.With()
	case utf8.RuneCountInString(description) > longestBotDescription:
		return errBotDescription.With()
	}
	return nil
}

// greetOwner opens the direct channel of a new bot and its owner with a post.
func (w *World) greetOwner(bot, owner *user) {
	c := w.direct(bot, owner)
	props := model.Props{}
	if w.version.Has(versions.BotPostsMarked) {
		props[model.PropFromBot] = "true"
	}
	w.systemPost(c, bot, model.PostTypeAddBot,
		"Please add me to teams and channels you want me to interact in. To do this, use the browser or Mattermost Desktop App.", props)
}

// Bot returns a bot; one that is disabled only with deleted. Who may not see it is
// told that there is none.
func (w *World) Bot(as *Session, id string, deleted bool) (*model.Bot, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u := w.users[id]
	if u == nil || u.bot == nil || u.bot.DeleteAt != 0 && !deleted || !w.maySeeBot(as, u) {
		return nil, errBotUnknown.With()
	}
	return u.bot, nil
}

func (w *World) maySeeBot(as *Session, u *user) bool {
	return w.may(as, ReadOthersBots) || u.bot.OwnerID == as.UserID && w.may(as, ReadBots)
}

// A BotQuery says which bots to list.
type BotQuery struct {
	Deleted  bool // also those that are disabled
	Orphaned bool // only those whose owner is deactivated
	Page     Page
}

// Bots returns a page of the bots that the session's user may see, in the order of
// their making.
func (w *World) Bots(as *Session, q BotQuery) ([]*model.Bot, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ReadOthersBots) && !w.may(as, ReadBots) {
		return nil, ErrPermission.With(ReadBots)
	}
	list := []*model.Bot{}
	for _, u := range w.allUsers {
		if u.bot == nil || u.bot.DeleteAt != 0 && !q.Deleted || q.Orphaned && !w.orphaned(u.bot) || !w.maySeeBot(as, u) {
			continue
		}
		list = append(list, u.bot)
	}
	return slice(list, q.Page), nil
}

func (w *World) orphaned(b *model.Bot) bool {
	owner := w.users[b.OwnerID]
	return owner != nil && owner.DeleteAt != 0
}

// managedBot finds a bot that the session's user may manage.
func (w *World) managedBot(as *Session, id string) (*user, error) {
	u := w.users[id]
	switch {
	case u == nil || u.bot == nil:
		return nil, errBotUnknown.With()
	case w.mayManageBot(as, u):
		return u, nil
	case w.maySeeBot(as, u):
		return nil, ErrPermission.With(ManageBots)
	}
	return nil, errBotUnknown.With()
}

// PatchBot changes those of a bot's fields that the patch names, and its user's
// with them.
func (w *World) PatchBot(as *Session, id string, patch *model.BotPatch) (*model.Bot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedBot(as, id)
	if err != nil {
		return nil, err
	}
	bot := *u.bot
	for _, field := range []struct{ to, from *string }{
		{&bot.Username, patch.Username}, {&bot.DisplayName, patch.DisplayName}, {&bot.Description, patch.Description},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	bot.Username = strings.ToLower(bot.Username)
	if !w.ValidUsername(bot.Username) { // the user is changed first
		return nil, errUsernameInvalid.With()
	}
	if err := w.checkBot(bot.Username, bot.Description); err != nil {
		return nil, err
	}
	_, err = w.editUser(u, func(next *model.User) {
		next.Username, next.Email = bot.Username, bot.Username+"@localhost"
		next.FirstName, next.BotDescription = bot.DisplayName, bot.Description
	})
	if err != nil {
		return nil, err
	}
	bot.UpdateAt = u.UpdateAt
	u.bot = &bot
	return u.bot, nil
}

// SwitchBot disables a bot, which ends its sessions, or enables it again.
func (w *World) SwitchBot(as *Session, id string, on bool) (*model.Bot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedBot(as, id)
	if err != nil {
		return nil, err
	}
	w.switchBot(u, on)
	return u.bot, nil
}

// switchBot disables a bot or enables it, and its user with it in any case. The bot
// comes first: of bots that own each other none is switched twice.
func (w *World) switchBot(u *user, on bool) {
	if on != (u.bot.DeleteAt == 0) {
		bot := *u.bot
		bot.UpdateAt = w.clock.tick()
		bot.DeleteAt = 0
		if !on {
			bot.DeleteAt = bot.UpdateAt
		}
		u.bot = &bot
	}
	w.activate(u, on)
}

// AssignBot gives a bot to another owner, who must not be a bot.
func (w *World) AssignBot(as *Session, id, ownerID string) (*model.Bot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedBot(as, id)
	if err != nil {
		return nil, err
	}
	if owner := w.users[ownerID]; owner != nil && owner.bot != nil {
		return nil, ErrPermission.With(ManageBots)
	}
	bot := *u.bot
	bot.OwnerID, bot.UpdateAt = ownerID, w.clock.tick()
	u.bot = &bot
	return u.bot, nil
}

// ConvertBotToUser makes a person of a bot: the patch gives him at least a
// password. With admin he becomes a system admin.
func (w *World) ConvertBotToUser(as *Session, id string, patch *model.UserPatch, admin bool) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[id]
	switch {
	case u == nil || u.bot == nil || u.bot.DeleteAt != 0:
		return nil, errBotUnknown.With()
	case patch.Password == nil || *patch.Password == "":
		return nil, ErrBodyParam.With("password")
	case !w.may(as, ManageSystem):
		return nil, ErrPermission.With(ManageSystem)
	}
	if err := w.checkPassword(*patch.Password); err != nil {
		return nil, err
	}
	_, err := w.editUser(u, func(next *model.User) {
		applyUserPatch(next, patch)
		next.IsBot, next.BotDescription, next.BotLastIconUpdate = false, "", 0
		if admin {
			next.Roles = model.RoleSystemUser + " " + model.RoleSystemAdmin
		}
	})
	if err != nil {
		return nil, err
	}
	u.bot, u.password = nil, *patch.Password
	w.endSessions(u, nil)
	return w.seenByHimself(u), nil // also to the admin, as the real server shows him
}

// ConvertUserToBot makes a bot of a person, which owns itself until it is assigned
// to somebody.
func (w *World) ConvertUserToBot(as *Session, id string) (*model.Bot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[id]
	switch {
	case u == nil:
		return nil, errUserUnknown.With()
	case !w.may(as, ManageSystem):
		return nil, ErrPermission.With(ManageSystem)
	case u.bot != nil:
		return u.bot, nil
	}
	now := w.clock.tick()
	u.bot = &model.Bot{UserID: id, Username: u.Username, DisplayName: u.FirstName, OwnerID: id, CreateAt: now, UpdateAt: now, DeleteAt: u.DeleteAt}
	u.password = ""
	w.endSessions(u, nil)
	w.touchUser(u, func(u *model.User) { u.IsBot = true })
	shown := *u.bot
	shown.DisplayName = u.Username // here alone; what lists show is his first name
	return &shown, nil
}

// marked returns the props of a post that the server makes in somebody's name,
// with the mark that a bot's posts have.
func (w *World) marked(props model.Props, author *user) model.Props {
	if author.bot == nil || !w.version.Has(versions.BotPostsMarked) {
		return props
	}
	return withProp(props, model.PropFromBot, "true")
}
