package rest

import (
	_ "embed"
	"strings"
)

// timezoneText are the names of the time zones of the tz database, a line each.
//
//go:embed timezones.txt
var timezoneText string

// timezones answers with the names of all time zones.
func timezones(*call) (any, error) { return strings.Fields(timezoneText), nil }
