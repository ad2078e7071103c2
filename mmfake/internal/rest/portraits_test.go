package rest_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

const myImage = "/api/v4/users/me/image"

// picture decodes the PNG that was answered.
func picture(t testing.TB, r reply) image.Image {
	require.Equal(t, "image/png", r.Header.Get("Content-Type"), "%s", r.Body)
	p, err := png.Decode(bytes.NewReader(r.Body))
	require.NoError(t, err)
	return p
}

func TestEveryUserHasADrawnPictureOfHisOwn(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))

	first := alice.do("GET", myImage, nil)

	assert.Equal(t, image.Rect(0, 0, 128, 128), picture(t, first).Bounds())
	assert.Empty(t, first.Header.Get("Etag"), "it is drawn now")
	again := alice.do("GET", myImage, nil)
	assert.Equal(t, first.Body, again.Body, "it stays the same")
	assert.Equal(t, "0", again.Header.Get("Etag"))
	assert.Equal(t, 304, alice.do("GET", myImage, nil, "If-None-Match", "0").Status)
	assert.NotEqual(t, first.Body, bob.do("GET", myImage, nil).Body)
}

func TestAnUploadedPictureIsKeptUntilItIsDeleted(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	drawn := alice.do("GET", myImage, nil).Body

	require.Equal(t, 200, alice.form(myImage, part{"image", "me.png", aPNG(t, 20, 20)}).Status)

	own := alice.do("GET", myImage, nil)
	assert.Equal(t, image.Rect(0, 0, 20, 20), picture(t, own).Bounds())
	assert.Equal(t, 304, alice.do("GET", myImage, nil, "If-None-Match", own.Header.Get("Etag")).Status)
	assert.NotZero(t, alice.do("GET", "/api/v4/users/me", nil).get("last_picture_update").Int())
	assert.Equal(t, drawn, alice.do("GET", myImage+"/default", nil).Body)
	require.Equal(t, 200, alice.do("DELETE", myImage, nil).Status)
	reset := alice.do("GET", myImage, nil)
	assert.Equal(t, drawn, reset.Body)
	assert.NotEmpty(t, reset.Header.Get("Etag"))
	assert.Zero(t, alice.do("GET", "/api/v4/users/me", nil).get("last_picture_update").Int())
}

func TestOfAWidePictureTheMiddleIsKept(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	wide := image.NewPaletted(image.Rect(0, 0, 900, 300), color.Palette{color.Black, color.White})
	for y := range 300 {
		for x := 300; x < 600; x++ {
			wide.SetColorIndex(x, y, 1)
		}
	}
	var b bytes.Buffer
	require.NoError(t, gif.Encode(&b, wide, nil))

	require.Equal(t, 200, alice.form(myImage, part{"image", "me.gif", b.String()}).Status)

	p := picture(t, alice.do("GET", myImage, nil))
	assert.Equal(t, image.Rect(0, 0, 128, 128), p.Bounds())
	for _, at := range []image.Point{{0, 0}, {64, 64}, {127, 127}} {
		r, _, _, _ := p.At(at.X, at.Y).RGBA()
		assert.EqualValues(t, 0xffff, r, "%v is of the white middle", at)
	}
}

func TestAPictureThatClaimsAHugeSizeIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	for _, claim := range []image.Point{{100_000, 100_000}, {1 << 30, 1}, {7680, 4321}} {
		r := alice.form(myImage, part{"image", "huge.png", claimedPNG(t, uint32(claim.X), uint32(claim.Y))})
		assert.Equal(t, 400, r.Status, claim)
		assert.Equal(t, "api.user.upload_profile_user.check_image_limits.app_error", r.problem(), claim)
	}
	r := alice.form(myImage, part{"image", "hollow.png", claimedPNG(t, 5000, 5000)})
	assert.Equal(t, "api.user.upload_profile_user.decode.app_error", r.problem(), "so few bytes hold no such picture")
}

func TestWhatIsNoFormWithAPictureIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, "api.user.upload_profile_user.parse.app_error", alice.do("POST", myImage, "{}", "Content-Type", "application/json").problem())
	assert.Equal(t, "api.user.upload_profile_user.no_file.app_error", alice.form(myImage, part{"image", "", "a field"}).problem())
	assert.Equal(t, "api.user.upload_profile_user.check_image_limits.app_error", alice.form(myImage, part{"image", "empty.png", ""}).problem())
}

func TestAPictureLargerThanAFileMayBeIsRefused(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaxFileSize = 1000 }))
	alice := clientOf(t, mm, mm.User("alice"))

	r := alice.form(myImage, part{"image", "me.png", string(make([]byte, 200_000))})

	assert.Equal(t, 413, r.Status)
}
