package world

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Settings are a Config as the API has it: sections of settings, by the names of
// config.json.
type Settings = map[string]map[string]any

// Config returns the settings, which the caller must not change.
func (w *World) Config() *Config {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.config
}

// setConfig changes the settings and tells the clients (facts 11.6).
func (w *World) setConfig(next *Config) {
	if *next == *w.config {
		return
	}
	w.config = next
	w.publish(&Event{Name: model.EventConfigChanged, Data: map[string]any{"config": w.clientConfig(next, true)}})
}

// VersionID is what a server with the settings calls itself to clients: its version
// and build, a hash of its settings and whether there is a licence. They look for
// changes only.
func (c *Config) VersionID() string {
	sum := md5.Sum(fmt.Appendf(nil, "%+v", *c))
	return c.Version + "." + c.Version + "." + hex.EncodeToString(sum[:]) + ".false"
}

// Settings returns the settings to an admin.
func (w *World) Settings(as *Session) (Settings, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, SysconsoleRead) {
		return nil, ErrPermission.With(SysconsoleRead)
	}
	return w.config.settings(), nil
}

// PatchSettings changes those settings that in names. What the fake has no setting
// for is not looked at.
func (w *World) PatchSettings(as *Session, in map[string]map[string]json.RawMessage) (Settings, error) {
	return w.changeSettings(as, in, func(now Config) Config { return now })
}

// ReplaceSettings changes all settings: those that in does not name have their
// defaults again.
func (w *World) ReplaceSettings(as *Session, in map[string]map[string]json.RawMessage) (Settings, error) {
	return w.changeSettings(as, in, func(now Config) Config {
		fresh := DefaultConfig()
		fresh.SiteURL, fresh.Version, fresh.Seed, fresh.FileStorage = now.SiteURL, now.Version, now.Seed, now.FileStorage
		fresh.fitVersion(w.version)
		return fresh
	})
}

func (w *World) changeSettings(as *Session, in map[string]map[string]json.RawMessage, from func(Config) Config) (Settings, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, SysconsoleWrite) {
		return nil, ErrPermission.With(SysconsoleWrite)
	}
	next := from(*w.config)
	if err := next.set(in); err != nil {
		return nil, err
	}
	if next.SiteURL == "" && w.config.SiteURL != "" {
		return nil, errConfigSiteURL.With()
	}
	if err := next.check(); err != nil {
		return nil, err
	}
	next.SiteURL = strings.TrimRight(next.SiteURL, "/")
	w.setConfig(&next)
	return next.settings(), nil
}

// eachSetting calls do with each of the settings that the API has.
func (c *Config) eachSetting(do func(section, name string, value reflect.Value) error) error {
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		section, name, ok := strings.Cut(v.Type().Field(i).Tag.Get("setting"), ".")
		if !ok {
			continue
		}
		if err := do(section, name, v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func (c *Config) settings() Settings {
	out := Settings{}
	c.eachSetting(func(section, name string, value reflect.Value) error {
		if out[section] == nil {
			out[section] = map[string]any{}
		}
		out[section][name] = value.Interface()
		return nil
	})
	return out
}

// set takes the settings that in names. A value of another type is an error.
func (c *Config) set(in map[string]map[string]json.RawMessage) error {
	return c.eachSetting(func(section, name string, value reflect.Value) error {
		raw, ok := in[section][name]
		if ok && json.Unmarshal(raw, value.Addr().Interface()) != nil {
			return ErrBodyParam.With("config: " + section + "." + name + " has the wrong type")
		}
		return nil
	})
}

// check says which setting the server cannot run with.
func (c *Config) check() error {
	for _, rule := range []struct {
		valid bool
		wrong Problem
	}{
		{c.MaximumLoginAttempts > 0, errConfigLoginAttempts},
		{c.MaxUsersPerTeam > 0, errConfigMaxUsers},
		{c.MaxChannelsPerTeam > 0, errConfigMaxChannels},
		{c.MaxNotificationsPerChannel > 0, errConfigMaxNotify},
		{c.MaxFileSize > 0, errConfigMaxFileSize},
		{c.PasswordMinimumLength >= 5 && c.PasswordMinimumLength <= 72, errConfigPassword},
		{c.RestrictDirectMessage == "any" || c.RestrictDirectMessage == "team", errConfigDirect},
		{c.TeammateNameDisplay == "username" || c.TeammateNameDisplay == "nickname_full_name" || c.TeammateNameDisplay == "full_name", errConfigNames},
		{c.OutgoingTimeout > 0, errConfigTimeout},
		{c.UniqueEmojiReactionLimit >= 0 && c.UniqueEmojiReactionLimit <= 500, errConfigReactions},
		{c.MaximumPayloadSizeBytes > 0, errConfigPayload},
		{c.MaximumURLLength > 0, errConfigURLLength},
	} {
		if !rule.valid {
			return rule.wrong.With()
		}
	}
	return nil
}
