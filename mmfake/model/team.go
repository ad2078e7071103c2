package model

// Types of teams.
const (
	TeamOpen   = "O"
	TeamInvite = "I"
)

// Team is a group of users with channels of its own.
type Team struct {
	ID          string `json:"id"`
	CreateAt    int64  `json:"create_at"`
	UpdateAt    int64  `json:"update_at"`
	DeleteAt    int64  `json:"delete_at"`
	DisplayName string `json:"display_name"`
	// Name stands in URLs.
	Name        string `json:"name"`
	Description string `json:"description"`
	// Email and InviteID are emptied for users who may not see them.
	Email string `json:"email"`
	// Type is TeamOpen or TeamInvite.
	Type        string `json:"type"`
	CompanyName string `json:"company_name"`
	// AllowedDomains are the e-mail domains of members, separated by commas.
	AllowedDomains string `json:"allowed_domains"`
	InviteID       string `json:"invite_id"`
	// AllowOpenInvite lets every user of the server join.
	AllowOpenInvite    bool    `json:"allow_open_invite"`
	LastTeamIconUpdate int64   `json:"last_team_icon_update,omitempty"`
	SchemeID           *string `json:"scheme_id"`
	GroupConstrained   *bool   `json:"group_constrained" since:"5.36"`
	PolicyID           *string `json:"policy_id" since:"5.36"`
	// CloudLimitsArchived is false outside Mattermost's cloud.
	CloudLimitsArchived bool `json:"cloud_limits_archived" since:"7.1"`
}

// TeamPatch is the body of PUT /teams/{id}/patch: what is nil stays.
type TeamPatch struct {
	DisplayName         *string `json:"display_name"`
	Description         *string `json:"description"`
	CompanyName         *string `json:"company_name"`
	AllowedDomains      *string `json:"allowed_domains"`
	AllowOpenInvite     *bool   `json:"allow_open_invite"`
	GroupConstrained    *bool   `json:"group_constrained"`
	CloudLimitsArchived *bool   `json:"cloud_limits_archived"`
}

// TeamMember says that a user belongs to a team, and as what.
type TeamMember struct {
	TeamID string `json:"team_id"`
	UserID string `json:"user_id"`
	// Roles are all roles that apply, separated by blanks; ExplicitRoles those
	// given beyond the three of the scheme.
	Roles         string `json:"roles"`
	DeleteAt      int64  `json:"delete_at"`
	SchemeGuest   bool   `json:"scheme_guest" since:"5.36"`
	SchemeUser    bool   `json:"scheme_user"`
	SchemeAdmin   bool   `json:"scheme_admin"`
	ExplicitRoles string `json:"explicit_roles"`
}

// TeamMemberWithError is an entry in the answer to adding several members
// gracefully: the member, or why there is none.
type TeamMemberWithError struct {
	UserID string      `json:"user_id"`
	Member *TeamMember `json:"member"`
	Error  *AppError   `json:"error"`
}

// TeamStats counts a team's members.
type TeamStats struct {
	TeamID            string `json:"team_id"`
	TotalMemberCount  int64  `json:"total_member_count"`
	ActiveMemberCount int64  `json:"active_member_count"`
}

// TeamUnread counts a user's unread messages in a team. Root counts leave
// replies out, thread counts are those of followed threads.
type TeamUnread struct {
	TeamID                   string `json:"team_id"`
	MsgCount                 int64  `json:"msg_count"`
	MentionCount             int64  `json:"mention_count"`
	MentionCountRoot         int64  `json:"mention_count_root" since:"5.36"`
	MsgCountRoot             int64  `json:"msg_count_root" since:"5.36"`
	ThreadCount              int64  `json:"thread_count" since:"6.0"`
	ThreadMentionCount       int64  `json:"thread_mention_count" since:"6.0"`
	ThreadUrgentMentionCount int64  `json:"thread_urgent_mention_count" since:"7.7"`
}

// TeamExists is the answer of GET /teams/name/{name}/exists.
type TeamExists struct {
	Exists bool `json:"exists"`
}

// TeamInviteInfo is what anybody may see of a team by its invite id.
type TeamInviteInfo struct {
	Description string `json:"description"`
	DisplayName string `json:"display_name"`
	ID          string `json:"id"`
	Name        string `json:"name"`
}

// Clone returns a copy.
func (m *TeamMember) Clone() *TeamMember { return clone(m) }
