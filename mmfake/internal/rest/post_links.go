package rest

import (
	"cmp"
	"html"
	"net/http"
	"net/url"
)

// What the web app asks about the links and pictures in posts.
var postLinkRoutes = []route{
	{pattern: "POST /api/v4/opengraph", serve: linkPreview},
	{pattern: "GET /api/v4/image", serve: redirectToImage, flags: trusted},
}

// linkPreview would tell what a page says of itself. No server does whose settings
// turn previews off, and the fake fetches no pages.
func linkPreview(c *call) (any, error) {
	if !c.config.EnableLinkPreviews {
		return nil, errPreviewsOff.With()
	}
	return notImplemented(c)
}

// redirectToImage sends the client where the picture is, as a server does that has no
// image proxy.
func redirectToImage(c *call) (any, error) {
	target, err := url.Parse(c.query("url"))
	if err != nil || target.Opaque != "" {
		return nil, errImageURL.With()
	}
	if site, err := url.Parse(c.config.SiteURL); err == nil {
		target.Scheme, target.Host = cmp.Or(target.Scheme, site.Scheme), cmp.Or(target.Host, site.Host)
	}
	c.status = http.StatusFound
	c.w.Header().Set("Location", target.String())
	return blob{"text/html; charset=utf-8", []byte(`<a href="` + html.EscapeString(target.String()) + "\">Found</a>.\n\n")}, nil
}
