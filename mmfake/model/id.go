package model

import "unicode"

// IDLength is the number of bytes of every id and token.
const IDLength = 26

// IsValidID reports whether a server accepts s as an id: 26 bytes, all of
// them letters or digits. Servers make only lower-case ids but take any case.
func IsValidID(s string) bool {
	if len(s) != IDLength {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// IsRoutableID reports whether an id can stand in a URL of the API: it has ASCII
// letters and digits only, as many as there are. For anything else Mattermost has
// no route.
func IsRoutableID(s string) bool {
	for i := range len(s) {
		if b := s[i]; (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z') {
			return false
		}
	}
	return s != ""
}

// StringMap is an object with only string values, such as notify_props.
// It is sent with its keys sorted.
type StringMap map[string]string
