package rest

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var fileRoutes = []route{
	{pattern: "POST /api/v4/files", serve: uploadFiles, flags: created},
	{pattern: "GET /api/v4/files/{file_id}", serve: getFile},
	{pattern: "HEAD /api/v4/files/{file_id}", serve: getFile},
	{pattern: "GET /api/v4/files/{file_id}/info", serve: getFileInfo},
	{pattern: "GET /api/v4/files/{file_id}/thumbnail", serve: getFileThumbnail},
	{pattern: "GET /api/v4/files/{file_id}/preview", serve: getFilePreview},
	{pattern: "GET /api/v4/files/{file_id}/link", serve: getFileLink},
	{pattern: "GET /files/{file_id}/public", serve: getPublicFile, flags: open | errorPages},
	{pattern: "GET /api/v4/posts/{post_id}/files/info", serve: postFiles},
}

func uploadFiles(c *call) (any, error) {
	if !c.config.EnableFileAttachments {
		return nil, world.ErrFilesOff.With()
	}
	if c.r.ContentLength == 0 && c.has(versions.UploadsStreamed) {
		return nil, errUploadRead.With("it is empty")
	}
	in, err := c.readUpload()
	if errUploadRead.Is(err) && !c.has(versions.UploadsStreamed) {
		c.status = http.StatusInternalServerError
		return blob{"text/plain; charset=utf-8", []byte(err.Error() + "\n")}, nil
	}
	if err != nil {
		return nil, err
	}
	answer := model.FileUpload{FileInfos: []*model.FileInfo{}, ClientIDs: in.clientIDs}
	if len(in.files) > 0 {
		answer.FileInfos, err = c.world().UploadFiles(c.session, in.channelID, in.files)
	}
	return answer, err
}

func getFile(c *call) (any, error) {
	info, content, err := c.world().File(c.session, c.param("file_id"))
	if err != nil {
		return nil, err
	}
	return c.original(info, content), nil
}

// original answers with a file as it was uploaded.
func (c *call) original(info *model.FileInfo, b []byte) content {
	if len(b) > 0 {
		c.w.Header().Set("X-Uncompressed-Content-Length", strconv.Itoa(len(b)))
	}
	return c.download(info, b, shownType(info.MimeType))
}

func getFileInfo(c *call) (any, error) {
	info, err := c.world().FileInfo(c.session, c.param("file_id"))
	if err != nil {
		return nil, err
	}
	c.w.Header()["Cache-Control"] = keepMonth
	return info, nil
}

func getFileThumbnail(c *call) (any, error) { return c.drawn(c.world().FileThumbnail) }

func getFilePreview(c *call) (any, error) { return c.drawn(c.world().FilePreview) }

// drawn answers with what the server made of a picture.
func (c *call) drawn(make func(*world.Session, string) (*model.FileInfo, []byte, error)) (any, error) {
	info, picture, err := make(c.session, c.param("file_id"))
	if err != nil {
		return nil, err
	}
	return c.download(info, picture, "image/jpeg"), nil
}

func getFileLink(c *call) (any, error) {
	link, err := c.world().PublicLink(c.session, c.param("file_id"))
	if err != nil {
		return nil, err
	}
	return map[string]string{"link": link}, nil
}

func getPublicFile(c *call) (any, error) {
	info, content, err := c.world().PublicFile(c.param("file_id"), c.query("h"))
	if err != nil {
		return nil, err
	}
	return c.original(info, content), nil
}

func postFiles(c *call) (any, error) {
	infos, err := c.world().PostFiles(c.session, c.param("post_id"))
	if err != nil {
		return nil, err
	}
	tag := c.config.Version
	for _, info := range infos {
		tag += fmt.Sprintf(".%s.%d", info.ID, info.UpdateAt)
	}
	if c.etag(tag) {
		return unchanged{}, nil
	}
	c.w.Header()["Cache-Control"] = keepMonth
	return infos, nil
}
