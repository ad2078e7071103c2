package model

// UploadTypeAttachment is the type of uploads that become files of posts.
const UploadTypeAttachment = "attachment"

// UploadSession is a file that is uploaded in parts.
type UploadSession struct {
	ID string `json:"id"`
	// Type is UploadTypeAttachment.
	Type      string `json:"type"`
	CreateAt  int64  `json:"create_at"`
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id,omitempty"`
	Filename  string `json:"filename"`
	// FileSize is the size of the whole file in bytes, FileOffset what has
	// arrived of it.
	FileSize   int64 `json:"file_size"`
	FileOffset int64 `json:"file_offset"`
	// RemoteID and ReqFileID are for servers that share channels.
	RemoteID  string `json:"remote_id"`
	ReqFileID string `json:"req_file_id"`
}

// Clone returns a copy.
func (u *UploadSession) Clone() *UploadSession { return clone(u) }
