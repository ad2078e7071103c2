package rest

var roleRoutes = []route{
	{pattern: "GET /api/v4/roles", serve: allRoles},
	{pattern: "GET /api/v4/roles/{role_id}", serve: getRole},
	{pattern: "GET /api/v4/roles/name/{role_name}", serve: getRoleByName},
	{pattern: "POST /api/v4/roles/names", serve: rolesByNames},
	{pattern: "PUT /api/v4/roles/{role_id}/patch", serve: patchRole},
}

func allRoles(c *call) (any, error) { return c.world().Roles(c.session) }

func getRole(c *call) (any, error) { return c.world().Role(c.param("role_id")) }

func getRoleByName(c *call) (any, error) { return c.world().RoleByName(c.param("role_name")) }

func rolesByNames(c *call) (any, error) {
	var names []string
	if err := c.decodePayload(&names); err != nil {
		return nil, err
	}
	return c.world().RolesByNames(names)
}

func patchRole(c *call) (any, error) {
	var in struct {
		Permissions *[]string `json:"permissions"`
	}
	if err := c.decode(&in, "role"); err != nil {
		return nil, err
	}
	return c.world().PatchRole(c.session, c.param("role_id"), in.Permissions)
}
