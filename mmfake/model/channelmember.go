package model

// ChannelMember says that a user belongs to a channel, as what, and how far
// the user has read. Root counts leave replies out.
type ChannelMember struct {
	ChannelID string `json:"channel_id"`
	UserID    string `json:"user_id"`
	// Roles are all roles that apply, separated by blanks; ExplicitRoles those
	// given beyond the three of the scheme.
	Roles string `json:"roles"`
	// LastViewedAt and LastUpdateAt are -1 in what users see of others.
	LastViewedAt int64 `json:"last_viewed_at"`
	// MsgCount counts the posts read, the mention counts those unread.
	MsgCount           int64 `json:"msg_count"`
	MentionCount       int64 `json:"mention_count"`
	MentionCountRoot   int64 `json:"mention_count_root" since:"5.36"`
	UrgentMentionCount int64 `json:"urgent_mention_count" since:"7.7"`
	MsgCountRoot       int64 `json:"msg_count_root" since:"5.36"`
	// NotifyProps say when the user is notified, see the MarkUnread constants.
	NotifyProps             StringMap `json:"notify_props"`
	LastUpdateAt            int64     `json:"last_update_at"`
	SchemeGuest             bool      `json:"scheme_guest" since:"5.36"`
	SchemeUser              bool      `json:"scheme_user"`
	SchemeAdmin             bool      `json:"scheme_admin"`
	ExplicitRoles           string    `json:"explicit_roles"`
	AutotranslationDisabled bool      `json:"autotranslation_disabled" since:"11.0"`
}

// ChannelMemberWithTeam is a membership in the answer of GET
// /users/{id}/channel_members, which spans teams. Direct and group channels have
// no team.
type ChannelMemberWithTeam struct {
	ChannelMember
	TeamDisplayName string `json:"team_display_name"`
	TeamName        string `json:"team_name"`
	TeamUpdateAt    int64  `json:"team_update_at"`
}

// The key of NotifyProps that mutes a channel, and its values.
const (
	NotifyMarkUnread  = "mark_unread"
	MarkUnreadAll     = "all"
	MarkUnreadMention = "mention"
)

// IsMuted reports whether the user muted the channel.
func (m *ChannelMember) IsMuted() bool {
	return m.NotifyProps[NotifyMarkUnread] == MarkUnreadMention
}

// ChannelStats counts what a channel has.
type ChannelStats struct {
	ChannelID       string `json:"channel_id"`
	MemberCount     int64  `json:"member_count"`
	GuestCount      int64  `json:"guest_count" since:"5.36"`
	PinnedPostCount int64  `json:"pinnedpost_count" since:"5.36"`
	FilesCount      int64  `json:"files_count" since:"6.0"`
}

// ChannelUnread counts what a user has not read in a channel.
type ChannelUnread struct {
	TeamID             string `json:"team_id"`
	ChannelID          string `json:"channel_id"`
	MsgCount           int64  `json:"msg_count"`
	MentionCount       int64  `json:"mention_count"`
	MentionCountRoot   int64  `json:"mention_count_root" since:"5.36"`
	UrgentMentionCount int64  `json:"urgent_mention_count" since:"7.7"`
	MsgCountRoot       int64  `json:"msg_count_root" since:"5.36"`
}

// PostUnread is the answer of POST /users/{id}/posts/{post}/set_unread: how
// far the user has read once the post is unread again.
type PostUnread struct {
	TeamID    string `json:"team_id"`
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	// MsgCount counts the posts read, as in ChannelMember.
	MsgCount           int64 `json:"msg_count"`
	MentionCount       int64 `json:"mention_count"`
	MentionCountRoot   int64 `json:"mention_count_root" since:"5.36"`
	UrgentMentionCount int64 `json:"urgent_mention_count" since:"7.7"`
	MsgCountRoot       int64 `json:"msg_count_root" since:"5.36"`
	LastViewedAt       int64 `json:"last_viewed_at"`
}

// ChannelView is the body of POST /channels/members/{id}/view.
type ChannelView struct {
	// ChannelID is the channel that is shown now, PrevChannelID the one before.
	ChannelID                 string `json:"channel_id"`
	PrevChannelID             string `json:"prev_channel_id"`
	CollapsedThreadsSupported bool   `json:"collapsed_threads_supported"`
}

// ChannelViewResponse answers a ChannelView.
type ChannelViewResponse struct {
	// Status is OK. LastViewedAtTimes are times by channel id.
	Status            string           `json:"status"`
	LastViewedAtTimes map[string]int64 `json:"last_viewed_at_times"`
}
