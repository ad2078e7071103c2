package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// A serverURL is a flag that names a server.
type serverURL string

// UnmarshalText takes http and https URLs only.
func (u *serverURL) UnmarshalText(text []byte) error {
	at, err := url.Parse(string(text))
	if len(text) > 0 && (err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https") {
		return fmt.Errorf("%q is no URL such as http://127.0.0.1:8065 or https://chat.example.com", text)
	}
	*u = serverURL(text)
	return nil
}

// A login is a flag that names a user.
type login struct{ name, password string }

// UnmarshalText takes a name and a password with a colon between them.
func (l *login) UnmarshalText(text []byte) error {
	name, password, found := strings.Cut(string(text), ":")
	if !found {
		return errors.New("it wants the name and the password of a system admin with a colon between them")
	}
	*l = login{name, password}
	return nil
}
