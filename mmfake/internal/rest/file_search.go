package rest

var fileSearchRoutes = []route{
	{pattern: "POST /api/v4/teams/{team_id}/files/search", serve: searchFiles},
	{pattern: "POST /api/v4/files/search", serve: searchFiles},
}

func searchFiles(c *call) (any, error) {
	search, err := c.searchBody(errFileSearchBody)
	if err != nil {
		return nil, err
	}
	list, err := c.world().SearchFiles(c.session, search)
	if err != nil {
		return nil, err
	}
	c.w.Header()["Cache-Control"] = noStore
	return list, nil
}
