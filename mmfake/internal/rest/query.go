package rest

import (
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// query is a parameter of the query, "" where it is missing.
func (c *call) query(name string) string {
	if c.r.URL.RawQuery == "" {
		return ""
	}
	return c.r.URL.Query().Get(name)
}

// queryBool is a parameter that is true or false, by Go's rules for such words.
func (c *call) queryBool(name string) bool {
	b, _ := strconv.ParseBool(c.query(name))
	return b
}

// queryList is a parameter that is a list with commas, nil where it is missing.
func (c *call) queryList(name string) []string {
	text := c.query(name)
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// The limits of paging (facts 1.8).
const (
	defaultPerPage = 60
	mostPerPage    = 200
)

// page is the part of a list that the query asks for. Odd numbers never fail.
func (c *call) page() world.Page {
	return world.Page{Number: c.queryInt("page", 0), PerPage: min(c.queryInt("per_page", defaultPerPage), mostPerPage)}
}

// queryInt is a parameter that is a number; one that is none, or negative, is as
// good as missing.
func (c *call) queryInt(name string, missing int) int {
	n, err := strconv.Atoi(c.query(name))
	if err != nil || n < 0 {
		return missing
	}
	return n
}

// isFalse says whether a switch that is on by itself is turned off.
func (c *call) isFalse(name string) bool {
	text := c.query(name)
	if text == "" {
		return false // as most often: ParseBool would make an error of it first
	}
	b, err := strconv.ParseBool(text)
	return err == nil && !b
}

// strictTime is a parameter that is a number or missing.
func (c *call) strictTime(name string) (int64, error) {
	text := c.query(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, world.ErrBodyParam.With(name)
	}
	return n, nil
}
