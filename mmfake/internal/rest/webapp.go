package rest

import (
	_ "embed"
	"html"
	"net/http"
	"strings"
)

//go:embed webapp.html
var webAppPage string

// webApp is the page that stands where a real server shows its web app: for any
// path outside the API. Other methods than GET find nothing there.
func webApp(c *call) {
	c.status = http.StatusOK
	if c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		c.status = http.StatusNotFound
	}
	config := c.world().Config()
	text := strings.NewReplacer("{version}", html.EscapeString(config.Version), "{url}", html.EscapeString(config.SiteURL)).Replace(webAppPage)
	c.send([]string{"text/html; charset=utf-8"}, []byte(text))
}
