package model

import (
	"maps"
	"slices"
)

// Draft is an unfinished message of a user, one for each channel and thread.
type Draft struct {
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	DeleteAt  int64  `json:"delete_at"`
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	// RootID is the thread that the draft replies to, empty in the channel.
	RootID   string        `json:"root_id"`
	Message  string        `json:"message"`
	Type     string        `json:"type"`
	Props    Props         `json:"props"`
	FileIDs  []string      `json:"file_ids,omitempty"`
	Metadata *PostMetadata `json:"metadata,omitempty"`
	// Priority is an object of the same keys as PostPriority.
	Priority Props `json:"priority,omitempty"`
}

// Clone returns a copy with lists and props of its own.
func (d *Draft) Clone() *Draft {
	c := clone(d)
	if c == nil {
		return nil
	}
	c.Props = maps.Clone(d.Props)
	c.FileIDs = slices.Clone(d.FileIDs)
	c.Metadata = d.Metadata.Clone()
	c.Priority = maps.Clone(d.Priority)
	return c
}
