package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAFileIsUploadedInParts(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	begun := alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 10})
	require.Equal(t, 201, begun.Status, "%s", begun.Body)
	path := "/api/v4/uploads/" + begun.get("id").String()

	assert.Equal(t, 204, alice.do("POST", path, "01234").Status)
	assert.EqualValues(t, 5, alice.do("GET", path, nil).get("file_offset").Int())
	assert.EqualValues(t, 1, alice.do("GET", "/api/v4/users/me/uploads", nil).get("#").Int())
	assert.Equal(t, "api.upload.upload_data.invalid_content_length", alice.do("POST", path, "567890").problem())
	done := alice.form(path, part{"data", "x", "56789"})
	require.Equal(t, 200, done.Status, "%s", done.Body)

	file := alice.do("GET", "/api/v4/files/"+done.get("id").String(), nil)
	assert.Equal(t, "0123456789", string(file.Body))
	assert.Equal(t, 404, alice.do("GET", path, nil).Status)
}

func TestAnUploadIsItsOwnersAlone(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := clientOf(t, mm, mm.User("bob", dev))
	path := "/api/v4/uploads/" + alice.do("POST", "/api/v4/uploads", map[string]any{"channel_id": dev.ID, "filename": "a.txt", "file_size": 10}).get("id").String()
	assert.Equal(t, 403, bob.do("GET", path, nil).Status)
	assert.Equal(t, 403, bob.do("POST", path, "x").Status)
	assert.Equal(t, 403, bob.do("GET", "/api/v4/users/"+mm.User("alice").ID+"/uploads", nil).Status)
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
