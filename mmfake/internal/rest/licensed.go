package rest

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// licensedRoutes are the endpoints of what needs a licence, with the refusals of a
// server without one. Where the refusal comes before a look at a path's ids, these are
// not called ids here.
var licensedRoutes = slices.Concat(
	refusing(refuses(errNoGroups),
		"GET /api/v4/groups", "POST /api/v4/groups", "POST /api/v4/groups/names",
		"GET /api/v4/groups/{group}", "DELETE /api/v4/groups/{group}", "PUT /api/v4/groups/{group}/patch",
		"POST /api/v4/groups/{group}/restore", "GET /api/v4/groups/{group}/stats",
		"GET /api/v4/groups/{group}/members", "POST /api/v4/groups/{group}/members", "DELETE /api/v4/groups/{group}/members",
		"GET /api/v4/groups/{group}/teams", "GET /api/v4/groups/{group}/teams/{team}", "PUT /api/v4/groups/{group}/teams/{team}/patch",
		"POST /api/v4/groups/{group}/teams/{team}/link", "DELETE /api/v4/groups/{group}/teams/{team}/link",
		"GET /api/v4/groups/{group}/channels", "GET /api/v4/groups/{group}/channels/{channel}", "PUT /api/v4/groups/{group}/channels/{channel}/patch",
		"POST /api/v4/groups/{group}/channels/{channel}/link", "DELETE /api/v4/groups/{group}/channels/{channel}/link",
		"GET /api/v4/teams/{team}/groups", "GET /api/v4/teams/{team}/groups_by_channels",
		"GET /api/v4/channels/{channel}/groups", "GET /api/v4/users/{user_id}/groups",
	),
	refusing(refuses(errNoLDAP),
		"GET /api/v4/ldap/groups", "POST /api/v4/ldap/groups/{remote}/link", "DELETE /api/v4/ldap/groups/{remote}/link",
		"POST /api/v4/ldap/sync", "POST /api/v4/ldap/test", "POST /api/v4/ldap/migrateid",
	),
	refusing(refuses(errNoGroupCounts), "GET /api/v4/channels/{channel}/member_counts_by_group"),
	refusing(refuses(errNoModerations), "GET /api/v4/channels/{channel}/moderations"),
	refusing(refuses(errNoModerationPatch), "PUT /api/v4/channels/{channel}/moderations/patch"),
	refusing(refuses(errNoBookmarks),
		"GET /api/v4/channels/{channel}/bookmarks", "POST /api/v4/channels/{channel}/bookmarks",
		"PATCH /api/v4/channels/{channel}/bookmarks/{bookmark}", "DELETE /api/v4/channels/{channel}/bookmarks/{bookmark}",
		"POST /api/v4/channels/{channel}/bookmarks/{bookmark}/sort_order",
	),
	refusing(refuses(errNoAcknowledgements),
		"POST /api/v4/users/{user_id}/posts/{post_id}/ack", "DELETE /api/v4/users/{user_id}/posts/{post_id}/ack",
	),
	refusing(refuses(errNoScheduledPosts),
		"POST /api/v4/posts/schedule", "PUT /api/v4/posts/schedule/{scheduled_post_id}", "DELETE /api/v4/posts/schedule/{scheduled_post_id}",
		"GET /api/v4/posts/scheduled/team/{team_id}",
	),
	refusing(refuses(errNoThreadMoves), "POST /api/v4/posts/{post_id}/move"),
	refusing(refuses(errNoAttributes),
		"GET /api/v4/custom_profile_attributes/fields", "POST /api/v4/custom_profile_attributes/fields",
		"PATCH /api/v4/custom_profile_attributes/fields/{field}", "DELETE /api/v4/custom_profile_attributes/fields/{field}",
		"PATCH /api/v4/custom_profile_attributes/values", "GET /api/v4/custom_profile_attributes/group",
		"GET /api/v4/users/{user_id}/custom_profile_attributes", "PATCH /api/v4/users/{user_id}/custom_profile_attributes",
	),
	refusing(refuses(errNoFlagging),
		"GET /api/v4/content_flagging/flag/config", "GET /api/v4/content_flagging/fields", "GET /api/v4/content_flagging/team/{team_id}/status",
		"GET /api/v4/content_flagging/team/{team_id}/reviewers/search", "POST /api/v4/content_flagging/post/{post_id}/flag",
		"GET /api/v4/content_flagging/post/{post_id}", "GET /api/v4/content_flagging/post/{post_id}/field_values",
		"PUT /api/v4/content_flagging/post/{post_id}/keep", "PUT /api/v4/content_flagging/post/{post_id}/remove",
		"POST /api/v4/content_flagging/post/{post_id}/assign/{reviewer}",
	),
	refusing(refuses(errNoCloud),
		"GET /api/v4/cloud/customer", "PUT /api/v4/cloud/customer", "PUT /api/v4/cloud/customer/address", "GET /api/v4/cloud/limits",
		"GET /api/v4/cloud/products", "GET /api/v4/cloud/subscription", "GET /api/v4/cloud/subscription/invoices",
		"GET /api/v4/cloud/subscription/invoices/{invoice}/pdf", "POST /api/v4/cloud/payment", "POST /api/v4/cloud/payment/confirm",
	),
	refusing(refuses(errNoRetention), "GET /api/v4/data_retention/policy",
		"GET /api/v4/users/{user_id}/data_retention/team_policies", "GET /api/v4/users/{user_id}/data_retention/channel_policies"),
	refusing(adminRefuses(errNoRetention),
		"GET /api/v4/data_retention/policies", "POST /api/v4/data_retention/policies", "GET /api/v4/data_retention/policies_count",
		"GET /api/v4/data_retention/policies/{policy}", "PATCH /api/v4/data_retention/policies/{policy}", "DELETE /api/v4/data_retention/policies/{policy}",
		"GET /api/v4/data_retention/policies/{policy}/teams", "POST /api/v4/data_retention/policies/{policy}/teams",
		"DELETE /api/v4/data_retention/policies/{policy}/teams", "POST /api/v4/data_retention/policies/{policy}/teams/search",
		"GET /api/v4/data_retention/policies/{policy}/channels", "POST /api/v4/data_retention/policies/{policy}/channels",
		"DELETE /api/v4/data_retention/policies/{policy}/channels", "POST /api/v4/data_retention/policies/{policy}/channels/search",
	),
	refusing(adminRefuses(errNoCompliance),
		"GET /api/v4/compliance/reports", "POST /api/v4/compliance/reports",
		"GET /api/v4/compliance/reports/{report}", "GET /api/v4/compliance/reports/{report}/download",
	),
	refusing(adminRefuses(errNoElasticsearch), "POST /api/v4/elasticsearch/test", "POST /api/v4/elasticsearch/purge_indexes"),
	refusing(refuses(errNoSAML), "GET /api/v4/saml/metadata"),
	refusing(refuses(errNoGuestInvites), "POST /api/v4/teams/{team_id}/invite-guests/email"),
	refusing(refuses(errNoGuests), "POST /api/v4/users/{user_id}/demote"),
	refusing(refuses(errNoCWS), "POST /api/v4/users/login/cws"),
	[]route{
		{pattern: "PUT /api/v4/channels/{channel_id}/scheme", serve: refuseScheme(errNoChannelScheme), flags: refusal},
		{pattern: "PUT /api/v4/teams/{team_id}/scheme", serve: refuseScheme(errNoTeamScheme), flags: refusal},
		{pattern: "GET /api/v4/schemes", serve: adminGets([]any{}), flags: constant},
		{pattern: "POST /api/v4/schemes", serve: refuses(errNoSchemeMade), flags: refusal},
		{pattern: "GET /api/v4/schemes/{scheme_id}", serve: adminRefuses(errNoScheme), flags: refusal},
		{pattern: "GET /api/v4/schemes/{scheme_id}/teams", serve: adminRefuses(errNoScheme), flags: refusal},
		{pattern: "GET /api/v4/schemes/{scheme_id}/channels", serve: adminRefuses(errNoScheme), flags: refusal},
		{pattern: "PUT /api/v4/schemes/{scheme_id}/patch", serve: refuses(errNoSchemePatched), flags: refusal},
		{pattern: "DELETE /api/v4/schemes/{scheme_id}", serve: refuses(errNoSchemeDeleted), flags: refusal},
		{pattern: "GET /api/v4/cluster/status", serve: adminGets([]any{}), flags: constant},
		{pattern: "GET /api/v4/saml/certificate/status", serve: adminGets(samlCertificates{}), flags: constant},
		{pattern: "DELETE /api/v4/license", serve: adminDone, flags: constant},
		{pattern: "GET /api/v4/license/load_metric", serve: gets(map[string]int{"load": 0}), flags: constant},
		{pattern: "GET /api/v4/trial-license/prev", serve: gets(map[string]string{"IsLicensed": "false"}), flags: constant},
	},
)

// refusing are the routes of some patterns with one handler, which answers with errors only.
func refusing(h handler, patterns ...string) []route {
	list := make([]route, len(patterns))
	for i, pattern := range patterns {
		list[i] = route{pattern: pattern, serve: h, flags: refusal}
	}
	return list
}

// refuses answers everybody with the same error.
func refuses(p world.Problem) handler {
	return func(*call) (any, error) { return nil, p.With() }
}

// adminRefuses is refuses for endpoints that ask first who it is.
func adminRefuses(p world.Problem) handler {
	return func(c *call) (any, error) {
		if err := c.world().RequireAdmin(c.session); err != nil {
			return nil, err
		}
		return nil, p.With()
	}
}

// refuseScheme looks at the scheme's id before it refuses to give it.
func refuseScheme(p world.Problem) handler {
	return func(c *call) (any, error) {
		var in struct {
			SchemeID *string `json:"scheme_id"`
		}
		if err := c.decode(&in, "scheme_id"); err != nil {
			return nil, err
		}
		if in.SchemeID == nil || *in.SchemeID != "" && !model.IsValidID(*in.SchemeID) {
			return nil, world.ErrBodyParam.With("scheme_id")
		}
		return nil, p.With()
	}
}

// samlCertificates says which certificates there are: none.
type samlCertificates struct {
	IDP     bool `json:"idp_certificate_file"`
	Private bool `json:"private_key_file"`
	Public  bool `json:"public_certificate_file"`
}
