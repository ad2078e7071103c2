package mmfake

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Click presses the button of that label, or id, of a post and returns what the
// integration behind it did. The post may be an ephemeral one that the actor was
// shown; of any other the buttons count that it has by now, not those that it had
// when p was made.
//
// The test ends where the post has no such button, where the button is disabled,
// and where its id is one that Mattermost has no route for.
func (a *Actor) Click(p *Post, button string) *Answer {
	a.mm.t.Helper()
	a.mm.notClosed()
	now := a.sees(p)
	action := a.mm.action(now, button)
	if action.Type == model.ActionSelect {
		a.mm.fail("%q of the post %s is a menu: use Choose", button, now)
	}
	a.does(Deed{Does: "clicks " + quote(action.Name) + " of " + now.said(), In: now.Channel})
	return a.press(now, action, "")
}

// Choose chooses from the menu of that label, or id, of a post, and is otherwise
// like Click. The option is named by its text or its value; in a menu of users by
// a user name, in a menu of channels by a channel's name, and in both by an id.
func (a *Actor) Choose(p *Post, menu, option string) *Answer {
	a.mm.t.Helper()
	a.mm.notClosed()
	now := a.sees(p)
	action := a.mm.action(now, menu)
	if action.Type != model.ActionSelect {
		a.mm.fail("%q of the post %s is a button: use Click", menu, now)
	}
	value, err := a.optionOf(action, now.ChannelID, option)
	if err != nil {
		a.mm.fail("%s choosing from %q of the post %s: %v", a, menu, now, err)
	}
	a.does(Deed{Does: "chooses " + quote(option) + " from " + quote(action.Name) + " of " + now.said(), In: now.Channel})
	return a.press(now, action, value)
}

// sees is a post as the actor's client shows it by now.
func (a *Actor) sees(p *Post) *Post {
	a.mm.t.Helper()
	if p != nil && p.Type == model.PostTypeEphemeral {
		return p
	}
	a.mm.hasStill(p)
	now, err := a.mm.world.Post(a.session(), p.ID, false)
	a.check(p.ChannelID, err, "%s looking at the post %s", a, p)
	return a.mm.post(now)
}

// action finds a button or menu of a post that a client can use.
func (s *Server) action(p *Post, name string) *model.Action {
	s.t.Helper()
	action, err := findAction(p, name)
	if err != nil {
		s.fail("the post %s %v", p, err)
	}
	if action.Disabled {
		s.fail("%q of the post %s is disabled: no client lets a user press it", name, p)
	}
	if !s.world.RoutesAction(action.ID) && !s.allowed.unroutable {
		s.fail("%s (mmfake.AllowUnroutableActions has it answered as the real server does)", unroutable(action.Name, action.ID))
	}
	return action
}

// unroutable says why nobody can press an action.
func unroutable(name, id string) string {
	rule := "letters and digits only"
	if model.IsRoutableID(id) {
		rule = "26 letters and digits before version 5.20"
	}
	return fmt.Sprintf("%q has the id %q, and Mattermost routes no click on it: an action's id has %s", name, id, rule)
}

// findAction finds an action by its id, or by its label where no other has it.
func findAction(p *Post, name string) (*model.Action, error) {
	var labelled []*model.Action
	all := p.actions()
	for _, action := range all {
		if action.ID == name {
			return action, nil
		}
		if action.Name == name {
			labelled = append(labelled, action)
		}
	}
	switch {
	case len(labelled) == 1:
		return labelled[0], nil
	case len(labelled) > 1:
		return nil, fmt.Errorf("has %d buttons or menus %q: name one by its id, of %s", len(labelled), name, listActions(labelled))
	case len(all) == 0:
		return nil, fmt.Errorf("has no buttons and menus, so none %q", name)
	}
	return nil, fmt.Errorf("has no button or menu %q: it has %s", name, listActions(all))
}

func listActions(actions []*model.Action) string {
	var list []string
	for _, a := range actions {
		kind := "the button"
		if a.Type == model.ActionSelect {
			kind = "the menu"
		}
		list = append(list, fmt.Sprintf("%s %q (id %s)", kind, a.Name, a.ID))
	}
	return strings.Join(list, ", ")
}

// optionOf is the value that a menu has for an option.
func (a *Actor) optionOf(action *model.Action, channelID, option string) (string, error) {
	if action.DataSource != "" {
		return a.sourced(action.DataSource, channelID, option)
	}
	return valueOf(action.Options, option)
}

// valueOf is the value of the option with that value, or else with that text.
func valueOf(options []*model.ActionOption, option string) (string, error) {
	texts := make([]string, 0, len(options))
	for _, o := range options {
		if o != nil && o.Value == option {
			return o.Value, nil
		}
	}
	for _, o := range options {
		if o == nil {
			continue
		}
		if o.Text == option {
			return o.Value, nil
		}
		texts = append(texts, fmt.Sprintf("%q (%s)", o.Text, o.Value))
	}
	return "", fmt.Errorf("there is no option %q: the options are %s", option, strings.Join(texts, ", "))
}

// sourced is the id of a user or channel that a menu offers by itself. Channels
// are those of the team in which the menu stands.
func (a *Actor) sourced(source, channelID, option string) (string, error) {
	switch source {
	case model.DataSourceUsers:
		if u, err := a.mm.world.User(a.session(), option); err == nil {
			return u.ID, nil
		}
		u, err := a.mm.world.UserByName(a.session(), strings.TrimPrefix(option, "@"))
		if err != nil {
			return "", fmt.Errorf("there is no user %q", option)
		}
		return u.ID, nil
	case model.DataSourceChannels:
		if c, err := a.mm.world.Channel(a.session(), option); err == nil {
			return c.ID, nil
		}
		c, err := a.mm.world.ChannelByName(a.session(), a.teamAt(channelID), strings.TrimPrefix(option, "~"), false)
		if err != nil {
			return "", fmt.Errorf("there is no channel %q that %s may see", option, a)
		}
		return c.ID, nil
	}
	return "", fmt.Errorf("its data_source %q is none of users and channels, so no client offers anything", source)
}

// teamAt is the team in which the actor's client is when it shows a channel: in a
// direct channel that of some team of his.
func (a *Actor) teamAt(channelID string) string {
	if c, err := a.mm.world.Channel(a.session(), channelID); err == nil && c.TeamID != "" {
		return c.TeamID
	}
	if teams, err := a.mm.world.TeamsOf(a.session(), a.ID); err == nil && len(teams) > 0 {
		return teams[0].ID
	}
	return ""
}

// press sends a click and collects what came of it.
func (a *Actor) press(p *Post, action *model.Action, option string) *Answer {
	a.mm.t.Helper()
	a.isAt(p.ChannelID)
	click, ex, err := a.mm.outgoing.Click(a.session(), p.ID, action.ID, model.DoActionRequest{SelectedOption: option, Cookie: action.Cookie})
	if err != nil && a.mm.allowed.unroutable {
		return &Answer{Err: err}
	}
	a.mm.check(err, "%s clicking %q of the post %s", a, action.Name, p)
	_, err = click.Result()
	a.told(err, "clicking %q of the post %s", action.Name, p)
	answer := (&Answer{Err: err}).asked(ex)
	if click.Updated != nil {
		answer.Post = a.mm.post(click.Updated)
		answer.Posts = []*Post{answer.Post}
	}
	if click.Ephemeral != nil {
		answer.Ephemeral = a.mm.shownTo(a.ID, click.Ephemeral)
		answer.Ephemerals = []*Post{answer.Ephemeral}
	}
	answer.Dialog = a.dialogBy(click.Trigger.Client)
	return answer
}

// Buttons returns the labels of the post's buttons and menus, in their order.
func (p *Post) Buttons() []string {
	var list []string
	for _, action := range p.actions() {
		list = append(list, action.Name)
	}
	return list
}

// actions are the buttons and menus of all attachments.
func (p *Post) actions() []*model.Action {
	var list []*model.Action
	for _, attachment := range p.Attachments() {
		list = append(list, attachment.Actions...)
	}
	return list
}

// Ephemerals returns the latest messages that only the actor was shown, oldest
// first: by integrations, by the server, and by POST /posts/ephemeral.
func (a *Actor) Ephemerals() []*Post {
	a.mm.t.Helper()
	return a.mm.ephemerals(a.mm.world.EphemeralPosts(a.ID))
}

// ephemerals gives messages that only one user was shown their names.
func (s *Server) ephemerals(shown []world.ShownPost) []*Post {
	var list []*Post
	for _, e := range shown {
		list = append(list, s.shownTo(e.UserID, e.Post))
	}
	return list
}

func (s *Server) shownTo(userID string, p *model.Post) *Post {
	named := s.post(p)
	named.OnlyFor, _ = s.world.Names(userID, "")
	return named
}
