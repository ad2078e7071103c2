package rest

import "slices"

// Patterns are those of all routes that the fake serves, in order.
func Patterns() []string {
	var list []string
	for _, family := range families {
		for _, r := range family {
			list = append(list, r.pattern)
		}
	}
	slices.Sort(list)
	return list
}
