package versions

// permissionNames lists what permissions were called before some version. Where one
// has several old names the oldest comes first, as in renames.
var permissionNames = []struct {
	since     Version // the first version with the new name
	name, old string
}{
	{v(5, 12), "manage_own_incoming_webhooks", "manage_webhooks"},
	{v(5, 12), "manage_own_outgoing_webhooks", "manage_webhooks"},
	{v(5, 12), "manage_others_incoming_webhooks", "manage_others_webhooks"},
	{v(5, 12), "manage_others_outgoing_webhooks", "manage_others_webhooks"},
	// 11.x; servers of 10.5 have the old names.
	{v(11, 0), "manage_own_incoming_webhooks", "manage_incoming_webhooks"},
	{v(11, 0), "manage_own_outgoing_webhooks", "manage_outgoing_webhooks"},
	{v(11, 0), "manage_own_slash_commands", "manage_slash_commands"},
}

// Permission is what the version calls a permission of today.
func (v Version) Permission(name string) string {
	for _, p := range permissionNames {
		if p.name == name && v.before(p.since) {
			return p.old
		}
	}
	return name
}

// Permissions are the permissions of today that the version calls by a name: itself
// where it is no old one's.
func (v Version) Permissions(name string) []string {
	var list []string
	for _, p := range permissionNames {
		if p.old == name && v.Permission(p.name) == name {
			list = append(list, p.name)
		}
	}
	if list == nil {
		return []string{name}
	}
	return list
}
