// Package model holds the JSON objects of Mattermost's API as a server of
// version 11.6 sends and reads them: the same keys in the same order, and
// the same choice of what is left out, null, [] or {} when empty.
//
// The types carry data and small helpers, no rules: what a value may be and
// who may see it is decided elsewhere. Words are Mattermost's own.
//
// All times are Unix milliseconds unless a comment says otherwise. A
// delete_at of 0 means alive; another value is the time of deletion,
// archiving or deactivation.
//
// Values are shared freely between the parts of a fake. Who changes one
// works on a copy, such as its Clone, and puts that in its place.
package model
