package versions

// rolesSince are the roles that came after 5.0.
var rolesSince = map[string]Version{
	"system_guest": v(5, 12), "team_guest": v(5, 12), "channel_guest": v(5, 12),
	// With the roles of the system console.
	"system_manager": v(5, 28), "system_user_manager": v(5, 28), "system_read_only_admin": v(5, 28),
	"system_custom_group_admin": after536,
}

// HasRole says whether a role of today is one of that version's.
func (v Version) HasRole(name string) bool {
	since, later := rolesSince[name]
	return !later || !v.before(since)
}
