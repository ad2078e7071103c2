package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestTheUsersOfAGroupTakeALicence(t *testing.T) {
	for version, want := range map[string][2]any{
		"11.6": {404, "app.group.no_rows"}, "5.36": {501, "api.ldap_groups.license_error"}, "5.0": {200, ""},
	} {
		alice, dev := aliceIn(t, mmfake.New(t, mmfake.Version(version)))
		group := alice.do("GET", "/api/v4/users?in_group="+dev.ID, nil)
		assert.Equal(t, want, [2]any{group.Status, group.problem()}, version)
		assert.Equal(t, 200, alice.do("GET", "/api/v4/users?in_team="+dev.TeamID+"&in_group="+dev.ID, nil).Status, version)
	}
}

func TestTheOldestVersionKnowsNoUsersSinceATime(t *testing.T) {
	for version, want := range map[string]int{"11.6": 400, "5.36": 400, "5.0": 200} {
		alice, _ := aliceIn(t, mmfake.New(t, mmfake.Version(version)))
		ids := []string{alice.do("GET", "/api/v4/users/me", nil).get("id").String()}
		assert.Equal(t, want, alice.do("POST", "/api/v4/users/ids?since=x", ids).Status, version)
	}
}

func TestTheOldestVersionListsUsersWhateverTheirRole(t *testing.T) {
	for version, want := range map[string]struct {
		list, found []string
		limit       int
	}{
		"11.6": {[]string{"sysadmin"}, []string{}, 400}, "5.36": {[]string{"sysadmin"}, []string{}, 400}, "5.0": {[]string{"alice", "sysadmin", "user-1"}, []string{"alice"}, 200},
	} {
		alice, _ := aliceIn(t, mmfake.New(t, mmfake.Version(version)))
		assert.ElementsMatch(t, want.list, names(alice.do("GET", "/api/v4/users?role=system_admin", nil), "#.username"), version)
		assert.ElementsMatch(t, want.found, names(alice.do("POST", "/api/v4/users/search", object{"term": "alice", "role": "system_admin"}), "#.username"), version)
		assert.Equal(t, want.limit, alice.do("POST", "/api/v4/users/search", object{"term": "alice", "limit": 0}).Status, version)
	}
}
