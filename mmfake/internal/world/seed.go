package world

import (
	"cmp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// What a fresh world holds, by the convention of Mattermost's sample data.
const (
	AdminName     = "sysadmin"
	AdminPassword = "Sys@dmin-sample1"
	UserName      = "user-1"
	UserPassword  = "SampleUs@r-1"
	TeamName      = "test"

	sampleDomain = "@sample.mattermost.com"
)

// The methods in this file prepare a world without anybody acting: nobody's
// permission is asked, no message tells of it. Names are still checked, and a
// name that is taken is an error.

// Populate fills an empty world with the sample admin, user and team, and opens a
// session for the admin. He is online, as the admins of the recorded servers were.
func (w *World) Populate() *Session {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.populate()
}

func (w *World) populate() *Session {
	w.ids.inOrder(true)
	defer w.ids.inOrder(false)
	t := w.storeTeam(&model.Team{Name: TeamName, DisplayName: "Test", Type: model.TeamOpen, Email: AdminName + sampleDomain})
	for _, u := range []struct{ name, email, password string }{
		{AdminName, AdminName + sampleDomain, AdminPassword}, {UserName, UserName + sampleDomain, UserPassword},
	} {
		made := &user{password: u.password, channels: make([]*channel, 0, few), User: w.freshUser(&model.User{Username: u.name, Email: u.email})}
		w.storeUser(made)
		w.place(t, nil, made)
	}
	admin := w.names[AdminName]
	admin.status = model.Status{UserID: admin.ID, Status: model.StatusOnline, LastActivityAt: admin.CreateAt}
	return w.openSession(admin, Client{})
}

// place makes a user a member of a team, its default channels and a channel,
// which may be nil.
func (w *World) place(t *team, c *channel, u *user) {
	if t != nil && !t.active(u.ID) {
		admin := w.allowed(u.Roles, ManageSystem)
		w.enterTeam(t, u, admin)
		for _, d := range t.defaultChannels() {
			if d.members[u.ID] == nil {
				w.enterChannel(d, u, admin)
			}
		}
	}
	if c != nil && c.members[u.ID] == nil {
		w.enterChannel(c, u, false)
	}
}

// PasswordFor is the password that a user gets who is made without one.
func PasswordFor(username string) string {
	return "Passw0rd!" + username[:min(len(username), 60)] // a password has up to 72 bytes
}

// AddUser makes a user. Without an e-mail address or a password he gets some.
func (w *World) AddUser(in NewUser) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ValidUsername(strings.ToLower(in.Username)) { // first: the rest is made of it
		return nil, errUsernameInvalid.With()
	}
	in.Email = cmp.Or(in.Email, in.Username+"@example.com")
	in.Password = cmp.Or(in.Password, PasswordFor(in.Username))
	roles := in.Roles
	u, err := w.addUser(in)
	if err != nil {
		return nil, err
	}
	if roles != "" {
		u.change(func(u *model.User) { u.Roles = roles })
	}
	return u.User, nil
}

// AddBot makes a bot that the user with the given id owns.
func (w *World) AddBot(ownerID string, in model.Bot) (*model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	owner := w.users[ownerID]
	if owner == nil {
		return nil, errUserUnknown.With()
	}
	u, err := w.addBot(owner, in)
	if err != nil {
		return nil, err
	}
	return u.User, nil
}

// AddToken makes a personal access token for a user.
func (w *World) AddToken(userID, description string) (*model.AccessToken, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	return w.addToken(u, description), nil
}

// AddTeam makes a team with its default channels.
func (w *World) AddTeam(in model.Team) (*model.Team, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.addTeam(in)
	if err != nil {
		return nil, err
	}
	made := t.Team
	return &made, nil
}

// AddChannel makes a public or private channel.
func (w *World) AddChannel(in model.Channel) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, err := w.addChannel(in)
	if err != nil {
		return nil, err
	}
	return c.snapshot(), nil
}

// AddMember makes a user a member of a team and of one of its channels, which
// may be "" for none.
func (w *World) AddMember(teamID, channelID, userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, c, u := w.teams[teamID], w.channels[channelID], w.users[userID]
	switch {
	case u == nil:
		return errUserUnknown.With()
	case t == nil && teamID != "":
		return errTeamUnknown.With()
	case c == nil && channelID != "":
		return errChannelUnknown.With()
	}
	w.place(t, c, u)
	return nil
}

// AddIncomingWebhook makes a webhook into a channel that a user owns.
func (w *World) AddIncomingWebhook(ownerID string, in model.IncomingWebhook) (*model.IncomingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[in.ChannelID]
	if c == nil {
		return nil, errChannelUnknown.With()
	}
	return w.addIncomingWebhook(c, ownerID, in, in.ChannelLocked)
}

// AddCommand makes a slash command of a team that a user owns.
func (w *World) AddCommand(ownerID string, in model.Command) (*model.Command, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.teams[in.TeamID] == nil {
		return nil, errTeamUnknown.With()
	}
	return w.addCommand(ownerID, in)
}
