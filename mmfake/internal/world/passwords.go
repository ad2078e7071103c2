package world

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// The classes of characters that the settings may ask a password to have.
const (
	lowercaseLetters = "abcdefghijklmnopqrstuvwxyz"
	uppercaseLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits           = "0123456789"
	symbols          = " !\"\\#$%&'()*+,-./:;<=>?@[]^_`|~"
)

// longestPassword is how many bytes a password has at most.
const longestPassword = 72

// checkPassword says what is wrong with a password that somebody is to have. The
// error's id names the classes that the settings ask for, missing or not; in new
// versions it also says whether the length is wrong (facts 2.6).
func (w *World) checkPassword(password string) error {
	lengthNamed := w.version.Has(versions.PasswordLengthNamed)
	longest := 64
	if lengthNamed {
		longest = longestPassword
	}
	id, wrong := "model.user.is_valid.pwd", false
	for _, length := range []struct {
		wrong bool
		name  string
	}{
		{len(password) < w.config.PasswordMinimumLength, "_min_length"},
		{len(password) > longest, "_max_length"},
	} {
		if wrong = wrong || length.wrong; length.wrong && lengthNamed {
			id += length.name
		}
	}
	for _, class := range []struct {
		asked       bool
		chars, name string
	}{
		{w.config.PasswordLowercase, lowercaseLetters, "_lowercase"},
		{w.config.PasswordUppercase, uppercaseLetters, "_uppercase"},
		{w.config.PasswordNumber, digits, "_number"},
		{w.config.PasswordSymbol, symbols, "_symbol"},
	} {
		if class.asked {
			id += class.name
			wrong = wrong || !strings.ContainsAny(password, class.chars)
		}
	}
	if !wrong {
		return nil
	}
	return Problem{400, id + ".app_error", "A password has " + w.config.passwordRule(longest) + "."}.With()
}

// passwordRule says in words what the settings ask of a password.
func (c *Config) passwordRule(longest int) string {
	rule := fmt.Sprintf("%d to %d characters", c.PasswordMinimumLength, longest)
	for _, class := range []struct {
		asked bool
		name  string
	}{
		{c.PasswordLowercase, "a small letter"}, {c.PasswordUppercase, "a capital"}, {c.PasswordNumber, "a digit"}, {c.PasswordSymbol, "a symbol"},
	} {
		if class.asked {
			rule += ", " + class.name
		}
	}
	return rule
}
