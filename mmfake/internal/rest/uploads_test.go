package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAFileIsUploadedInParts(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	first := strings.Repeat("a", 5<<20)
	begun := alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": len(first) + 5})
	require.Equal(t, 201, begun.Status, "%s", begun.Body)
	path := "/api/v4/uploads/" + begun.get("id").String()

	assert.Equal(t, 204, alice.do("POST", path, first).Status)
	assert.EqualValues(t, len(first), alice.do("GET", path, nil).get("file_offset").Int())
	assert.EqualValues(t, 1, alice.do("GET", "/api/v4/users/me/uploads", nil).get("#").Int())
	assert.Equal(t, "api.upload.upload_data.invalid_content_length", alice.do("POST", path, "567890").problem())
	done := alice.form(path, part{"data", "x", "56789 and more"})
	require.Equal(t, 200, done.Status, "%s", done.Body)

	file := alice.do("GET", "/api/v4/files/"+done.get("id").String(), nil)
	assert.True(t, string(file.Body) == first+"56789")
	assert.Equal(t, 404, alice.do("GET", path, nil).Status)
}

func TestAnUploadBeginsWithAPartThatIsLargeEnough(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	begun := alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 10})
	path := "/api/v4/uploads/" + begun.get("id").String()

	assert.Equal(t, "app.upload.upload_data.first_part_too_small.app_error", alice.do("POST", path, "01234").problem())
	assert.EqualValues(t, 0, alice.do("GET", path, nil).get("file_offset").Int())
	assert.Equal(t, "a.txt", alice.do("POST", path, "0123456789").get("name").String(), "the whole file is large enough")
}

func TestAPartOfAnUploadThatIsNoFormIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	begun := alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 10})
	path := "/api/v4/uploads/" + begun.get("id").String()

	for contentType, want := range map[string]string{
		"multipart/form-data":             "api.upload.upload_data.invalid_content_type",
		"multipart/form-data; boundary=b": "api.upload.upload_data.multipart_error",
	} {
		assert.Equal(t, want, alice.do("POST", path, "x", "Content-Type", contentType).problem())
	}
}

func TestAnUploadIsItsOwnersAlone(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := clientOf(t, mm, mm.User("bob", dev))
	path := "/api/v4/uploads/" + alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 10}).get("id").String()
	assert.Equal(t, "api.upload.get_upload.forbidden.app_error", bob.do("GET", path, nil).problem())
	assert.Equal(t, "api.context.permissions.app_error", bob.do("POST", path, "x").problem())
	others := bob.do("GET", "/api/v4/users/"+mm.User("alice").ID+"/uploads", nil)
	assert.Equal(t, "api.user.get_uploads_for_user.forbidden.app_error", others.problem())
	assert.Equal(t, 200, clientOf(t, mm, mm.Admin).do("GET", path, nil).Status)
}

func TestAnUploadThatTheServerDoesNotTakeIsRefusedAtItsBeginning(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaxFileSize, s.FileStorage = 5000, 8000 }))
	alice, dev := aliceIn(t, mm)
	begin := func(size int) int {
		return alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": size}).Status
	}
	assert.Equal(t, 413, begin(5001))
	assert.Equal(t, 400, begin(0))
	assert.Equal(t, 201, begin(5000))
	assert.Equal(t, 507, begin(5000), "the first is counted though it has not arrived")
}

func TestUploadsAreRefusedWhereTheSettingsTurnThemOff(t *testing.T) {
	for version, status := range map[string]int{"11.6": 403, "5.36": 501} {
		mm := mmfake.New(t, mmfake.Version(version), mmfake.Configure(func(s *mmfake.Settings) { s.EnableFileAttachments = false }))
		alice, dev := aliceIn(t, mm)

		r := alice.form("/api/v4/files", part{"channel_id", "", dev.ID}, part{"files", "a.txt", "text"})
		begun := alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 1})

		assert.Equal(t, status, r.Status, "as %s: %s", version, r.Body)
		assert.Equal(t, "api.file.attachments.disabled.app_error", r.problem())
		assert.Equal(t, 501, begun.Status)
	}
}
