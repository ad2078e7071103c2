package rest

import (
	_ "embed"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

//go:embed webapp.html
var webAppPage string

// webApp is the page that stands where a real server shows its web app: for any
// path outside the API. Other methods than GET find nothing there, which a page
// tells that no handler of the real server's has signed. Who asks there for the API has
// the server's URL wrong.
func webApp(c *call) {
	shown := c.readsOnly()
	if !shown || strings.Contains(c.r.URL.Path, "/api/v4/") {
		c.api.missed(Miss{Method: c.r.Method, Path: c.r.URL.Path, Page: shown})
	}
	if !shown {
		c.status, c.unversioned = http.StatusNotFound, true
		c.send(typeHTML, errorPage(&model.AppError{Message: "There is nothing at " + c.r.URL.Path + ".", StatusCode: c.status}))
		return
	}
	if c.urlTooLong() {
		c.status = http.StatusRequestURITooLong
		c.send(typeHTML, errorPage(&model.AppError{Message: "The URL is too long.", StatusCode: c.status}))
		return
	}
	c.status = http.StatusOK
	text := strings.NewReplacer("{version}", html.EscapeString(c.config.Version), "{url}", html.EscapeString(c.config.SiteURL)).Replace(webAppPage)
	c.send([]string{"text/html; charset=utf-8"}, []byte(text))
}

// readsOnly says whether the request asks for a page, or whether there is one.
func (c *call) readsOnly() bool { return c.r.Method == http.MethodGet || c.r.Method == http.MethodHead }

// errorPage is how old servers tell errors outside the API: a page that leads a
// browser to the web app's, which shows the message.
func errorPage(problem *model.AppError) []byte {
	query := url.Values{"message": {problem.Message}, "s": {strconv.Itoa(problem.StatusCode)}}
	target := html.EscapeString("/error?" + query.Encode())
	return []byte(`<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0;url=` + target + `"></head><body><a href="` + target + `">` +
		html.EscapeString(problem.Message) + "</a></body></html>\n")
}
