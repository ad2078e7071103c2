package model

import (
	"net/url"
	"slices"
	"strconv"
)

// IncomingWebhook is an address under which anybody can post to a channel.
type IncomingWebhook struct {
	// ID is the secret part of the address.
	ID       string `json:"id"`
	CreateAt int64  `json:"create_at"`
	UpdateAt int64  `json:"update_at"`
	DeleteAt int64  `json:"delete_at"`
	// UserID is the owner, who is the author of its posts.
	UserID      string `json:"user_id"`
	ChannelID   string `json:"channel_id"`
	TeamID      string `json:"team_id"`
	DisplayName string `json:"display_name"`
	Description string `json:"description"`
	// Username and IconURL are shown instead of the owner's, where the server
	// allows it.
	Username string `json:"username"`
	IconURL  string `json:"icon_url"`
	// ChannelLocked refuses messages for other channels.
	ChannelLocked bool `json:"channel_locked"`
}

// IncomingWebhooksWithCount is a page of webhooks with the number of all.
type IncomingWebhooksWithCount struct {
	Webhooks   []*IncomingWebhook `json:"incoming_webhooks"`
	TotalCount int64              `json:"total_count"`
}

// IncomingWebhookRequest is what is sent to an incoming webhook. In a
// multipart form the fields have the Go names, in any case.
type IncomingWebhookRequest struct {
	Text     string `json:"text"`
	Username string `json:"username"`
	IconURL  string `json:"icon_url"`
	// ChannelName is the name of a channel, with # or without, or @ and the
	// name of a user.
	ChannelName string        `json:"channel"`
	Props       Props         `json:"props"`
	Attachments []*Attachment `json:"attachments"`
	Type        string        `json:"type"`
	IconEmoji   string        `json:"icon_emoji"`
	Priority    *PostPriority `json:"priority"`
}

// When an outgoing webhook fires on the first word of a message.
const (
	TriggerWhenExact      = 0
	TriggerWhenStartsWith = 1
)

// OutgoingWebhook calls URLs when a message in an open channel matches.
type OutgoingWebhook struct {
	ID string `json:"id"`
	// Token is the secret that the receivers check.
	Token     string `json:"token"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	DeleteAt  int64  `json:"delete_at"`
	CreatorID string `json:"creator_id"`
	// ChannelID is empty where all open channels of the team count.
	ChannelID string `json:"channel_id"`
	TeamID    string `json:"team_id"`
	// TriggerWords and CallbackURLs are null when never set.
	TriggerWords []string `json:"trigger_words"`
	TriggerWhen  int      `json:"trigger_when"`
	CallbackURLs []string `json:"callback_urls"`
	DisplayName  string   `json:"display_name"`
	Description  string   `json:"description"`
	// ContentType makes the request JSON when it is application/json; else it
	// is a form.
	ContentType string `json:"content_type"`
	// Username and IconURL are shown on the answer's post, where allowed.
	Username string `json:"username" since:"5.2"`
	IconURL  string `json:"icon_url" since:"5.2"`
}

// OutgoingWebhookPayload is what an outgoing webhook sends.
type OutgoingWebhookPayload struct {
	Token       string `json:"token"`
	TeamID      string `json:"team_id"`
	TeamDomain  string `json:"team_domain"`
	ChannelID   string `json:"channel_id"`
	ChannelName string `json:"channel_name"`
	// Timestamp is the post's time, in milliseconds here and in seconds in a form.
	Timestamp int64  `json:"timestamp"`
	UserID    string `json:"user_id"`
	UserName  string `json:"user_name"`
	PostID    string `json:"post_id"`
	Text      string `json:"text"`
	// TriggerWord is the word that fired. FileIDs are separated by commas.
	TriggerWord string `json:"trigger_word"`
	FileIDs     string `json:"file_ids"`
}

// Form returns the payload as the values of a form, with the timestamp in
// seconds.
func (p *OutgoingWebhookPayload) Form() url.Values {
	return url.Values{
		"token":        {p.Token},
		"team_id":      {p.TeamID},
		"team_domain":  {p.TeamDomain},
		"channel_id":   {p.ChannelID},
		"channel_name": {p.ChannelName},
		"timestamp":    {strconv.FormatInt(p.Timestamp/1000, 10)},
		"user_id":      {p.UserID},
		"user_name":    {p.UserName},
		"post_id":      {p.PostID},
		"text":         {p.Text},
		"trigger_word": {p.TriggerWord},
		"file_ids":     {p.FileIDs},
	}
}

// OutgoingResponseComment is the response type of an answer in the thread of
// the post that fired.
const OutgoingResponseComment = "comment"

// OutgoingWebhookResponse is what a receiver answers.
type OutgoingWebhookResponse struct {
	// Text is nil when absent; then only attachments make a post.
	Text        *string       `json:"text"`
	Username    string        `json:"username"`
	IconURL     string        `json:"icon_url"`
	Props       Props         `json:"props"`
	Attachments []*Attachment `json:"attachments"`
	Type        string        `json:"type"`
	// ResponseType is OutgoingResponseComment; anything else makes a new post.
	ResponseType string        `json:"response_type"`
	Priority     *PostPriority `json:"priority" since:"7.7"`
}

// Clone returns a copy.
func (h *IncomingWebhook) Clone() *IncomingWebhook { return clone(h) }

// Clone returns a copy with lists of its own.
func (h *OutgoingWebhook) Clone() *OutgoingWebhook {
	c := clone(h)
	if c == nil {
		return nil
	}
	c.TriggerWords = slices.Clone(h.TriggerWords)
	c.CallbackURLs = slices.Clone(h.CallbackURLs)
	return c
}
