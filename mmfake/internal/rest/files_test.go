package rest_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// aPNG is a picture of that size.
func aPNG(t testing.TB, width, height int) string {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))))
	return b.String()
}

// aliceIn is a client of a user alice in the channel dev.
func aliceIn(t testing.TB, mm *mmfake.Server) (client, *mmfake.Channel) {
	dev := mm.Channel("dev")
	return clientOf(t, mm, mm.User("alice", dev)), dev
}

func (c client) upload(channelID, name, content string) reply {
	c.t.Helper()
	r := c.form("/api/v4/files", part{"channel_id", "", channelID}, part{"files", name, content})
	require.Equal(c.t, 201, r.Status, "%s", r.Body)
	return r
}

func TestAFileCanBeReadInParts(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	id := alice.upload(dev.ID, "abc.txt", "0123456789").get("file_infos.0.id").String()

	some := alice.do("GET", "/api/v4/files/"+id, nil, "Range", "bytes=2-4")
	assert.Equal(t, 206, some.Status)
	assert.Equal(t, "234", string(some.Body))
	assert.Equal(t, "bytes 2-4/10", some.Header.Get("Content-Range"))
	beyond := alice.do("GET", "/api/v4/files/"+id, nil, "Range", "bytes=20-")
	assert.Equal(t, 416, beyond.Status)
	whole := alice.do("GET", "/api/v4/files/"+id, nil)
	again := alice.do("GET", "/api/v4/files/"+id, nil, "If-Modified-Since", whole.Header.Get("Last-Modified"))
	assert.Equal(t, 304, again.Status)
}

func TestAHeadRequestTellsTheLengthOfAFile(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	id := alice.upload(dev.ID, "abc.txt", "0123456789").get("file_infos.0.id").String()

	r := alice.do("HEAD", "/api/v4/files/"+id, nil)

	assert.Equal(t, 200, r.Status)
	assert.Equal(t, "10", r.Header.Get("Content-Length"))
	assert.Equal(t, "10", r.Header.Get("X-Uncompressed-Content-Length"), "facts 5.2")
	assert.Empty(t, r.Body)
}

func TestAFileNameThatIsAPathLosesItsFolders(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for sent, kept := range map[string]string{
		"../../etc/passwd": "passwd", "/etc/hosts": "hosts", "a/b/": "b", "..": "..", ".profile": ".profile",
	} {
		r := alice.do("POST", "/api/v4/files?channel_id="+dev.ID+"&filename="+sent, "x", "Content-Type", "text/plain")
		assert.Equal(t, 201, r.Status, "%s: %s", sent, r.Body)
		assert.Equal(t, kept, r.get("file_infos.0.name").String(), sent)
	}
	long := alice.do("POST", "/api/v4/files?channel_id="+dev.ID+"&filename="+strings.Repeat("x", 300), "x", "Content-Type", "text/plain")
	assert.Equal(t, 500, long.Status)
}

func TestHTMLIsNotServedAsHTML(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for name, served := range map[string]string{"a.html": "text/plain", "a.svg": "text/plain", "a.js": "text/plain", "a.bin": "application/octet-stream"} {
		id := alice.upload(dev.ID, name, "<script>").get("file_infos.0.id").String()
		r := alice.do("GET", "/api/v4/files/"+id, nil)
		assert.Equal(t, served, r.Header.Get("Content-Type"), name)
		assert.Contains(t, r.Header.Get("Content-Disposition"), "attachment", name)
	}
}

func TestAnUploadBeyondMaxFileSizeIsRefused(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaxFileSize = 1000 }))
	alice, dev := aliceIn(t, mm)
	fits, tooLarge := strings.Repeat("x", 1000), strings.Repeat("x", 1001)

	alice.upload(dev.ID, "fits.txt", fits)
	form := alice.form("/api/v4/files", part{"channel_id", "", dev.ID}, part{"files", "large.txt", tooLarge})
	assert.Equal(t, 413, form.Status)
	assert.Equal(t, "api.file.upload_file.too_large_detailed.app_error", form.problem())
	raw := alice.do("POST", "/api/v4/files?filename=a&channel_id="+dev.ID, strings.Repeat("x", 100_000), "Content-Type", "text/plain")
	assert.Equal(t, 413, raw.Status)
}

func TestAllFilesTogetherHaveALimit(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.FileStorage = 5000 }))
	alice, dev := aliceIn(t, mm)
	alice.upload(dev.ID, "fits.txt", strings.Repeat("x", 3000))

	full := alice.form("/api/v4/files", part{"channel_id", "", dev.ID}, part{"files", "more.txt", "more"})

	assert.Equal(t, 507, full.Status)
	assert.Contains(t, full.get("message").String(), "FileStorage")
}

func TestClientIDsAreOneAFileOrNone(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	channel, file := part{"channel_id", "", dev.ID}, part{"files", "a.txt", "a"}

	two := alice.form("/api/v4/files", channel, part{"client_ids", "", "1"}, part{"client_ids", "", "2"}, file, file)
	assert.Equal(t, `["1","2"]`, two.get("client_ids").Raw)
	few := alice.form("/api/v4/files", channel, part{"client_ids", "", "1"}, file, file)
	assert.Equal(t, "api.context.invalid_body_param.app_error", few.problem())
	many := alice.form("/api/v4/files", channel, part{"client_ids", "", "1"}, part{"client_ids", "", "2"}, file)
	assert.Equal(t, "api.file.upload_file.incorrect_number_of_client_ids.app_error", many.problem())
	other := alice.form("/api/v4/files", channel, part{"colour", "", "red"}, file)
	assert.Equal(t, "api.context.invalid_body_param.app_error", other.problem())
	channels := alice.form("/api/v4/files?channel_id="+strings.Repeat("a", 26), channel, file)
	assert.Equal(t, "api.file.upload_file.multiple_channel_ids.app_error", channels.problem())
	late := alice.form("/api/v4/files", file, part{"colour", "", "red"}, channel)
	assert.Equal(t, 201, late.Status, "the channel may come after the files, and then nothing is wrong with other fields")
	none := alice.form("/api/v4/files", file)
	assert.Equal(t, "api.context.invalid_body_param.app_error", none.problem())
	short := alice.form("/api/v4/files", part{"channel_id", "", "dev"}, file)
	assert.Equal(t, "api.context.invalid_url_param.app_error", short.problem())
	nothing := alice.form("/api/v4/files", channel)
	assert.JSONEq(t, `{"file_infos":[],"client_ids":[]}`, string(nothing.Body))
	empty := alice.do("POST", "/api/v4/files?filename=a&channel_id="+dev.ID, nil)
	assert.Equal(t, "api.file.upload_file.read_request.app_error", empty.problem())
}

func TestAPictureHasAThumbnailAndAPreview(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	info := alice.upload(dev.ID, "wide.png", aPNG(t, 4000, 500)).get("file_infos.0")
	assert.Equal(t, "4000x500", fmt.Sprintf("%dx%d", info.Get("width").Int(), info.Get("height").Int()))
	assert.NotEmpty(t, info.Get("mini_preview").String())

	for name, want := range map[string]image.Point{"thumbnail": {120, 15}, "preview": {1920, 240}} {
		r := alice.do("GET", "/api/v4/files/"+info.Get("id").String()+"/"+name, nil)
		require.Equal(t, "image/jpeg", r.Header.Get("Content-Type"), name)
		size, err := jpeg.DecodeConfig(bytes.NewReader(r.Body))
		require.NoError(t, err)
		assert.Equal(t, want, image.Pt(size.Width, size.Height), name)
	}
}

func TestAPictureThatClaimsAHugeSizeIsNotUnpacked(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	huge := alice.form("/api/v4/files", part{"channel_id", "", dev.ID}, part{"files", "huge.png", claimedPNG(t, 1<<14, 1<<14)})
	assert.Equal(t, "api.file.upload_file.large_image_detailed.app_error", huge.problem())

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	info := alice.upload(dev.ID, "large.png", claimedPNG(t, 5000, 5000)).get("file_infos.0")
	runtime.ReadMemStats(&after)
	assert.False(t, info.Get("has_preview_image").Bool(), "so few bytes cannot hold it")
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20))
}

// claimedPNG is a small PNG whose header claims that size.
func claimedPNG(t testing.TB, width, height uint32) string {
	b := []byte(aPNG(t, 1, 1))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return string(b)
}

func TestAnAnimatedGIFHasNoPreview(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	frame := image.NewPaletted(image.Rect(0, 0, 2, 2), color.Palette{color.Black, color.White})
	for frames, preview := range map[int]bool{1: true, 2: false} {
		var b bytes.Buffer
		g := &gif.GIF{}
		for range frames {
			g.Image, g.Delay = append(g.Image, frame), append(g.Delay, 1)
		}
		require.NoError(t, gif.EncodeAll(&b, g))
		info := alice.upload(dev.ID, "a.gif", b.String()).get("file_infos.0")
		assert.Equal(t, preview, info.Get("has_preview_image").Bool(), "%d frames", frames)
	}
}

func TestAPostTakesTheAuthorsOwnNewFilesOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := clientOf(t, mm, mm.User("bob", dev))
	mine := alice.upload(dev.ID, "a.png", aPNG(t, 1, 1)).get("file_infos.0.id").String()
	his := bob.upload(dev.ID, "b.txt", "b").get("file_infos.0.id").String()

	made := alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{his, mine, mine, "unknown"}})
	assert.Equal(t, `["`+mine+`"]`, made.get("file_ids").Raw)
	assert.Equal(t, "a.png", made.get("metadata.files.0.name").String())
	refused := alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{mine}})
	assert.Equal(t, "null", refused.get("file_ids").Raw, "it is part of a post already")
	read := alice.do("GET", "/api/v4/posts/"+refused.get("id").String(), nil)
	assert.Equal(t, "[]", read.get("file_ids").Raw)
}

func TestAPostOfTheOldestVersionTakesOthersFilesToo(t *testing.T) {
	for version, want := range map[string]string{"5.36": "the owner's", "5.0": "the other's"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		bob := clientOf(t, mm, mm.User("bob", dev))
		file := alice.upload(dev.ID, "a.txt", "a").get("file_infos.0.id").String()
		posts := map[string]string{}
		for name, c := range map[string]client{"the other's": bob, "the owner's": alice} {
			if name == "the other's" || version != "5.0" {
				posts[c.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "file_ids": []string{file}}).get("id").String()] = name
			}
		}

		assert.Equal(t, want, posts[alice.do("GET", "/api/v4/files/"+file+"/info", nil).get("post_id").String()], version)
	}
}

func TestAnSVGHasTheSizeThatItGivesItself(t *testing.T) {
	for version, sizes := range map[string]map[string]string{
		"11.6": {
			`<svg width="30" height="20px"/>`: "30x20", `<svg viewBox="0 0 40 50" width="1" height="1"/>`: "40x50", `<?xml version="1.0"?><svg viewBox="0,0,7,8"/>`: "7x8",
			`<svg/>`: "x", `<svg width="3em" height="4"/>`: "x", `<svg width="30"/>`: "x", `<svg viewBox="0 0 1.5 2" width="9" height="9"/>`: "9x9",
			`<p width="1" height="2"/>`: "x", `<svg width="99999999999999999999" height="1"/>`: "x",
		},
		"5.0": {`<svg width="30" height="20"/>`: "x"},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		for content, size := range sizes {
			info := alice.upload(dev.ID, "a.svg", content).get("file_infos.0")
			assert.Equal(t, size, info.Get("width").Raw+"x"+info.Get("height").Raw, "%s %s", version, content)
			assert.False(t, info.Get("has_preview_image").Exists(), content)
		}
	}
}

func TestThePostedEventSaysThatAPostHasFilesAndPictures(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	next := alice.listen()
	for name, pictures := range map[string]bool{"a.txt": false, "b.png": true} {
		id := alice.upload(dev.ID, name, aPNG(t, 1, 1)).get("file_infos.0.id").String()
		alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{id}})
		data := next("posted").Get("data")
		assert.Equal(t, "true", data.Get("otherFile").String(), name)
		assert.Equal(t, pictures, data.Get("image").Exists(), name)
	}
}

func TestAFileGoesWithItsPost(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	post := func(file string) string {
		return alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "message": "m", "file_ids": []string{file}}).get("id").String()
	}
	dropped := alice.upload(dev.ID, "a.txt", "a").get("file_infos.0.id").String()
	edited := alice.do("PUT", "/api/v4/posts/"+post(dropped)+"/patch", map[string]any{"message": "n", "file_ids": []string{}})
	assert.Equal(t, "[]", edited.get("file_ids").Raw)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/files/"+dropped, nil).Status)

	deleted := alice.upload(dev.ID, "b.txt", "b").get("file_infos.0.id").String()
	alice.do("DELETE", "/api/v4/posts/"+post(deleted), nil)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/files/"+deleted+"/info", nil).Status)
}

func TestAFileOfAnErasedPostIsErased(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableAPIPostDeletion, s.FileStorage = true, 5000 }))
	alice, dev := aliceIn(t, mm)
	id := alice.upload(dev.ID, "a.txt", strings.Repeat("x", 3000)).get("file_infos.0.id").String()
	post := alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{id}}).get("id").String()

	erased := clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/posts/"+post+"?permanent=true", nil)

	require.Equal(t, 200, erased.Status, "%s", erased.Body)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/files/"+id, nil).Status)
	assert.EqualValues(t, 0, alice.do("POST", "/api/v4/files/search", map[string]any{"terms": "a"}).get("order.#").Int())
	alice.upload(dev.ID, "b.txt", strings.Repeat("x", 3000)) // there is room again
}

func TestAPublicLinkNeedsNoSession(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnablePublicLink = true }))
	alice, dev := aliceIn(t, mm)
	id := alice.upload(dev.ID, "a.txt", "hello").get("file_infos.0.id").String()
	assert.Equal(t, "api.file.get_public_link.no_post.app_error", alice.do("GET", "/api/v4/files/"+id+"/link", nil).problem())
	alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{id}})

	link := alice.do("GET", "/api/v4/files/"+id+"/link", nil).get("link").String()

	path, ours := strings.CutPrefix(link, mm.URL)
	require.True(t, ours, link)
	anybody := clientOf(t, mm, nil)
	assert.Equal(t, "hello", string(anybody.do("GET", path, nil).Body))
	wrong := anybody.do("GET", "/files/"+id+"/public?h=guess", nil)
	assert.Equal(t, 400, wrong.Status)
	assert.Equal(t, "text/html", wrong.Header.Get("Content-Type"), "a browser is shown a page")
}

func TestTheOldestVersionReadsAnUploadsWholeFormFirst(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice, dev := aliceIn(t, mm)
	channel, file := part{"channel_id", "", dev.ID}, part{"files", "a.txt", "a"}

	r := alice.form("/api/v4/files", file, part{"file", "b.txt", "b"}, part{"colour", "", "red"}, channel)
	assert.Equal(t, `["a.txt"]`, r.get("file_infos.#.name").Raw, "only the field files holds any: %s", r.Body)
	assert.Equal(t, "api.context.invalid_body_param.app_error", alice.form("/api/v4/files?channel_id="+dev.ID, file).problem())
	few := alice.form("/api/v4/files", channel, part{"client_ids", "", "1"}, file, file)
	assert.Equal(t, "api.file.upload_file.incorrect_number_of_files.app_error", few.problem())
}

func TestAFileOfAPublicChannelWasForItsMembersBefore(t *testing.T) {
	for version, status := range map[string]int{"11.6": 200, "5.36": 403} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		id := alice.upload(dev.ID, "a.txt", "text").get("file_infos.0.id").String()
		alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{id}})

		assert.Equal(t, status, clientOf(t, mm, mm.User("carol")).do("GET", "/api/v4/files/"+id, nil).Status, "as %s", version)
	}
}

func TestFilesAreFoundByNameExtensionAndChannel(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	carol := clientOf(t, mm, mm.User("carol"))
	for _, name := range []string{"weekly report.txt", "report.csv", "plan.txt", "unsent report.txt"} {
		id := alice.upload(dev.ID, name, "x").get("file_infos.0.id").String()
		if name != "unsent report.txt" {
			alice.do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "file_ids": []string{id}})
		}
	}
	found := func(c client, terms string) []string {
		r := c.do("POST", "/api/v4/teams/"+dev.TeamID+"/files/search", map[string]any{"terms": terms})
		require.Equal(t, 200, r.Status, "%s", r.Body)
		names := []string{}
		for _, id := range r.get("order").Array() {
			names = append(names, r.get("file_infos."+id.String()+".name").String())
		}
		return names
	}
	assert.Equal(t, []string{"report.csv", "weekly report.txt"}, found(alice, "report"))
	assert.Equal(t, []string{"weekly report.txt"}, found(alice, "report ext:txt"))
	assert.Equal(t, []string{"report.csv"}, found(alice, "rep* -ext:txt"))
	assert.Equal(t, []string{"plan.txt"}, found(alice, "-report from:alice in:dev"))
	assert.Empty(t, found(alice, "in:off-topic"))
	assert.Empty(t, found(carol, "report"), "she is not in the channel")
	assert.Equal(t, 400, alice.do("POST", "/api/v4/files/search", map[string]any{"terms": ""}).Status)
	assert.Equal(t, "api.post.search_files.invalid_body.app_error", alice.do("POST", "/api/v4/files/search", "{").problem())
}

func TestAnOldServerFailsOnAFormOfFilesThatBreaksOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice, dev := aliceIn(t, mm)

	r := alice.do("POST", "/api/v4/files?channel_id="+dev.ID, "--b\r\nContent-Dispo", "Content-Type", "multipart/form-data; boundary=b")

	assert.Equal(t, 500, r.Status)
	assert.Equal(t, "text/plain; charset=utf-8", r.Header.Get("Content-Type"))
}

func FuzzUploadForms(f *testing.F) {
	mm := mmfake.New(f)
	alice, dev := aliceIn(f, mm)
	const boundary = "multipart/form-data; boundary=b"
	f.Add(boundary, "--b\r\nContent-Disposition: form-data; name=\"channel_id\"\r\n\r\n"+dev.ID+
		"\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.gif\"\r\n\r\nGIF89a\x01\x00\x01\x00\x80\x00\x00\x00\r\n--b--\r\n")
	f.Add(boundary, "--b\r\nContent-Disposition: form-data; name=\"client_ids\"\r\n\r\n")
	f.Add("multipart/form-data", "--b--")
	f.Add("text/plain", aPNG(f, 2, 2))
	f.Fuzz(func(t *testing.T, contentType, body string) {
		if strings.ContainsFunc(contentType, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Skip("net/http sends no such header")
		}
		alice.t = t
		r := alice.do("POST", "/api/v4/files?filename=a.png&channel_id="+dev.ID, body, "Content-Type", contentType)
		assert.Contains(t, []int{201, 400, 413, 507}, r.Status, "%s", r.Body)
	})
}
