package world

import (
	"net/url"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// CreateOAuthApp registers an app that the session's user owns. Nobody can allow it
// anything: the fake is no OAuth provider.
func (w *World) CreateOAuthApp(as *Session, in model.OAuthApp) (*model.OAuthApp, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayManageOAuth(as); err != nil {
		return nil, err
	}
	if !w.version.Has(versions.OAuthApps) {
		return nil, errOAuthRegisterOff.With()
	}
	now := w.clock.tick()
	app := in.Clone()
	app.ID, app.CreatorID, app.CreateAt, app.UpdateAt, app.ClientSecret = w.NewID(), as.UserID, now, now, w.NewID()
	if err := checkOAuthApp(app); err != nil {
		return nil, err
	}
	w.oauthApps = append(slices.Clone(w.oauthApps), app)
	return app.Clone(), nil
}

func (w *World) mayManageOAuth(as *Session) error {
	if !w.may(as, ManageOAuth) {
		return ErrPermission.With(ManageOAuth)
	}
	return nil
}

func checkOAuthApp(app *model.OAuthApp) error {
	switch {
	case app.Name == "" || len(app.Name) > 64:
		return errOAuthName.With()
	case len(app.CallbackURLs) == 0 || len(strings.Join(app.CallbackURLs, " ")) > 1024 || slices.ContainsFunc(app.CallbackURLs, notHTTP):
		return errOAuthCallback.With()
	case len(app.Homepage) > 256 || notHTTP(app.Homepage):
		return errOAuthHomepage.With()
	case len(app.Description) > 512:
		return errOAuthDescription.With()
	case len(app.IconURL) > 512 || app.IconURL != "" && notHTTP(app.IconURL):
		return errOAuthIcon.With()
	}
	return nil
}

func notHTTP(text string) bool {
	u, err := url.Parse(text)
	return err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == ""
}

// OAuthApps returns a page of the apps, in the order of their registration.
func (w *World) OAuthApps(as *Session, page Page) ([]*model.OAuthApp, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayManageOAuth(as); err != nil {
		return nil, err
	}
	if !w.version.Has(versions.OAuthApps) {
		return nil, errOAuthOff.With()
	}
	list := []*model.OAuthApp{}
	for _, app := range slice(w.oauthApps, page) {
		list = append(list, app.Clone())
	}
	return list, nil
}

// OAuthApp returns an app to those who manage apps, and without its secret, with
// sanitized, to everybody.
func (w *World) OAuthApp(as *Session, id string, sanitized bool) (*model.OAuthApp, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !sanitized {
		if err := w.mayManageOAuth(as); err != nil {
			return nil, err
		}
	}
	i, err := w.findOAuthApp(id)
	if err != nil {
		return nil, err
	}
	app := w.oauthApps[i].Clone()
	if sanitized {
		app.ClientSecret = ""
	}
	return app, nil
}

func (w *World) findOAuthApp(id string) (int, error) {
	if !w.version.Has(versions.OAuthApps) {
		return 0, errOAuthOff.With()
	}
	i := slices.IndexFunc(w.oauthApps, func(app *model.OAuthApp) bool { return app.ID == id })
	if i < 0 {
		return 0, errOAuthUnknown.With()
	}
	return i, nil
}

// ChangeOAuthApp lets change make another app of a copy of one, if the result is valid.
func (w *World) ChangeOAuthApp(as *Session, id string, change func(*model.OAuthApp)) (*model.OAuthApp, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayManageOAuth(as); err != nil {
		return nil, err
	}
	i, err := w.findOAuthApp(id)
	if err != nil {
		return nil, err
	}
	was := w.oauthApps[i]
	app := was.Clone()
	change(app)
	app.ID, app.CreatorID, app.CreateAt, app.UpdateAt = was.ID, was.CreatorID, was.CreateAt, w.clock.tick()
	if err := checkOAuthApp(app); err != nil {
		return nil, err
	}
	w.oauthApps = slices.Clone(w.oauthApps)
	w.oauthApps[i] = app
	return app.Clone(), nil
}

// DeleteOAuthApp removes an app.
func (w *World) DeleteOAuthApp(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayManageOAuth(as); err != nil {
		return err
	}
	i, err := w.findOAuthApp(id)
	if err != nil {
		return err
	}
	w.oauthApps = slices.Delete(slices.Clone(w.oauthApps), i, i+1)
	return nil
}
