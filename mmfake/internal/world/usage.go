package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// A Usage counts what a world holds.
type Usage struct {
	PublicChannels, PrivateChannels int
	Posts                           int // living ones
	Written                         int // those of them that somebody wrote, not the server
	Users                           int // active people, no bots
	Inactive                        int // people who were deactivated
	Teams                           int // living ones
	FileBytes                       int64
}

// Usage counts what the world holds.
func (w *World) Usage() Usage {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u := Usage{}
	for _, c := range w.channels {
		u.Posts += len(c.posts.living)
		for _, p := range c.posts.living {
			if !p.isSystem() {
				u.Written++
			}
		}
		switch c.Type {
		case model.ChannelOpen:
			u.PublicChannels++
		case model.ChannelPrivate:
			u.PrivateChannels++
		}
	}
	for _, x := range w.allUsers {
		switch {
		case x.bot != nil:
		case x.DeleteAt != 0:
			u.Inactive++
		default:
			u.Users++
		}
	}
	for _, t := range w.allTeams {
		if t.DeleteAt == 0 {
			u.Teams++
		}
	}
	for _, f := range w.files.all {
		if f.DeleteAt == 0 {
			u.FileBytes += f.Size
		}
	}
	return u
}

// RequireAdmin is an error for everybody but system admins.
func (w *World) RequireAdmin(as *Session) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ManageSystem) {
		return ErrPermission.With(ManageSystem)
	}
	return nil
}
