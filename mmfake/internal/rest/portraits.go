package rest

import (
	"net/http"
	"strconv"
)

var portraitRoutes = []route{
	{pattern: "GET /api/v4/users/{user_id}/image", serve: getPortrait},
	{pattern: "GET /api/v4/users/{user_id}/image/default", serve: getDrawnPortrait},
	{pattern: "POST /api/v4/users/{user_id}/image", serve: setPortrait, flags: trusted},
	{pattern: "DELETE /api/v4/users/{user_id}/image", serve: resetPortrait},
}

// getPortrait answers with a user's picture. One that is drawn for this answer has no
// Etag (recorded from 11.6.0).
func getPortrait(c *call) (any, error) {
	p, err := c.world().UserPortrait(c.param("user_id"))
	if err != nil {
		return nil, err
	}
	if c.etag(strconv.FormatInt(p.Changed, 10)) {
		return unchanged{}, nil
	}
	if !p.Kept {
		c.w.Header().Del("Etag")
		return c.portrait(p.PNG, "max-age=300, private")
	}
	return c.portrait(p.PNG, "max-age=86400, private")
}

func getDrawnPortrait(c *call) (any, error) {
	picture, err := c.world().DrawnPortrait(c.param("user_id"))
	if err != nil {
		return nil, err
	}
	return c.portrait(picture, "max-age=86400, private")
}

func (c *call) portrait(picture []byte, cacheControl string) (any, error) {
	c.w.Header().Set("Cache-Control", cacheControl)
	return blob{contentType: "image/png", body: picture}, nil
}

var portraitProblems = problemsWith("api.user.upload_profile_user", http.StatusInternalServerError)

func setPortrait(c *call) (any, error) {
	id := c.param("user_id")
	if err := c.world().MayChangePortrait(c.session, id); err != nil {
		return nil, err
	}
	picture, err := c.formPicture(portraitProblems)
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetPortrait(c.session, id, picture)
}

func resetPortrait(c *call) (any, error) {
	return done{}, c.world().ResetPortrait(c.session, c.param("user_id"))
}
