package world

import "math"

// A Page is a part of a list: PerPage entries after Number pages of so many.
type Page struct {
	Number, PerPage int
}

// Everything is a page with all of a list.
var Everything = Page{PerPage: math.MaxInt}

// bounds returns the page's part of a list of n, as indexes.
func (p Page) bounds(n int) (from, to int) {
	if p.PerPage <= 0 || p.Number < 0 || p.Number > n/p.PerPage {
		return 0, 0
	}
	from = p.Number * p.PerPage
	return from, from + min(p.PerPage, n-from)
}

// slice returns the page's part of a list, never nil.
func slice[T any](list []T, p Page) []T {
	from, to := p.bounds(len(list))
	if from == to {
		return []T{}
	}
	return list[from:to:to]
}
