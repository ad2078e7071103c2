package model

// FileInfo describes an uploaded file.
type FileInfo struct {
	ID     string `json:"id"`
	UserID string `json:"user_id"`
	// PostID is absent until the file is attached to a post.
	PostID    string `json:"post_id,omitempty"`
	ChannelID string `json:"channel_id" since:"5.36" blank:"5.36"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	DeleteAt  int64  `json:"delete_at"`
	// Name is the file name; Extension has no dot. Size is in bytes.
	Name      string `json:"name"`
	Extension string `json:"extension"`
	Size      int64  `json:"size"`
	MimeType  string `json:"mime_type"`
	// Width and Height are in pixels, for images.
	Width           int  `json:"width,omitempty"`
	Height          int  `json:"height,omitempty"`
	HasPreviewImage bool `json:"has_preview_image,omitempty"`
	// MiniPreview is a tiny JPEG, sent as base64 or null.
	MiniPreview []byte `json:"mini_preview" since:"5.36"`
	// RemoteID is always empty on a server that shares no channels.
	RemoteID string `json:"remote_id" since:"5.36"`
	Archived bool   `json:"archived" since:"7.1"`
}

// FileUpload is the answer of POST /files.
type FileUpload struct {
	FileInfos []*FileInfo `json:"file_infos"`
	// ClientIDs are the names that the client gave, one a file: [] after a
	// multipart upload without any, null after a raw one.
	ClientIDs []string `json:"client_ids"`
}

// FileInfoList is what a search for files finds: Order holds the ids, newest first.
type FileInfoList struct {
	Order                     []string             `json:"order"`
	FileInfos                 map[string]*FileInfo `json:"file_infos"`
	NextFileInfoID            string               `json:"next_file_info_id"`
	PrevFileInfoID            string               `json:"prev_file_info_id"`
	FirstInaccessibleFileTime int64                `json:"first_inaccessible_file_time" since:"7.0"`
}
