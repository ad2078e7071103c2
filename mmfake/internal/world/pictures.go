package world

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // the formats that can be shown small
	"image/jpeg"
	_ "image/png"
	"regexp"
	"strconv"
	"sync"
)

// What is made of a picture (facts 5.2), in pixels.
const (
	mostPixels      = 7680 * 4320 // FileSettings.MaxImageResolution
	thumbnailWidth  = 120
	thumbnailHeight = 100
	previewWidth    = 1920
	miniPreviewSide = 16
	pictureQuality  = 90 // of the JPEG
)

// An easel is where pictures are decoded and drawn, one at a time: however many
// clients ask at once, no more than one picture is in memory unpacked.
type easel struct{ mu sync.Mutex }

// measure reads a picture's size and format from its header. ok is false for what
// is no PNG, JPEG or GIF.
func measure(content []byte) (size image.Point, format string, ok bool) {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return image.Point{}, "", false
	}
	return image.Pt(config.Width, config.Height), format, true
}

var (
	svgBox  = regexp.MustCompile(`^[0-9]+[, ]+[0-9]+[, ]+([0-9]+)[, ]+([0-9]+)$`)
	svgSide = regexp.MustCompile(`(?i)^([0-9]+)(?:px)?$`)
)

// measureSVG reads the size that an SVG gives itself in whole pixels: that of its view
// box, else its width and height. It is the zero point where it gives none.
func measureSVG(content []byte) image.Point {
	var box, width, height string
	for _, a := range svgAttributes(content) {
		switch a.Name.Local {
		case "viewBox":
			box = a.Value
		case "width":
			width = a.Value
		case "height":
			height = a.Value
		}
	}
	if m := svgBox.FindStringSubmatch(box); m != nil {
		width, height = m[1], m[2]
	}
	w, h := svgSide.FindStringSubmatch(width), svgSide.FindStringSubmatch(height)
	if w == nil || h == nil {
		return image.Point{}
	}
	x, err := strconv.Atoi(w[1])
	y, err2 := strconv.Atoi(h[1])
	if err != nil || err2 != nil || x == 0 || y == 0 {
		return image.Point{}
	}
	return image.Pt(x, y)
}

// tooManyPixels says whether a picture is larger than the server takes.
func tooManyPixels(size image.Point) bool { return int64(size.X)*int64(size.Y) > mostPixels }

// credible says whether so few bytes can hold a picture of that size: a header that
// claims a huge one must not make us allocate it. The numbers are somewhat above what
// each format packs into a byte at best.
func credible(c image.Config, format string, bytes int) bool {
	pixels := 9000 // PNG of one bit a pixel
	switch {
	case format == "jpeg":
		pixels = 600
	case format == "gif":
		pixels = 3000
	case c.ColorModel == color.RGBAModel || c.ColorModel == color.NRGBAModel || c.ColorModel == color.RGBA64Model || c.ColorModel == color.NRGBA64Model:
		pixels = 400
	}
	return c.Width*c.Height <= pixels*bytes
}

// draw decodes a picture and makes a JPEG of it that fits into width and height,
// nil where it cannot be decoded. It is never made larger.
func (e *easel) draw(content []byte, width, height int) []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	picture := unpack(content)
	if picture == nil {
		return nil
	}
	var out bytes.Buffer
	if jpeg.Encode(&out, shrink(picture, width, height, color.White), &jpeg.Options{Quality: pictureQuality}) != nil {
		return nil
	}
	return out.Bytes()
}

// unpack decodes a picture, nil where it is none or too large.
func unpack(content []byte) image.Image {
	c, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || tooManyPixels(image.Pt(c.Width, c.Height)) || !credible(c, format, len(content)) {
		return nil
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	return picture
}

// shrink makes a picture fit into width and height and keeps its proportions. What
// is see-through shows the ground.
func shrink(src image.Image, width, height int, ground color.Color) *image.NRGBA {
	from := src.Bounds()
	w, h := fit(from.Size(), width, height)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	g := color.NRGBA64Model.Convert(ground).(color.NRGBA64)
	for y := range h {
		for x := range w {
			box := image.Rect(
				from.Min.X+x*from.Dx()/w, from.Min.Y+y*from.Dy()/h,
				from.Min.X+(x+1)*from.Dx()/w, from.Min.Y+(y+1)*from.Dy()/h)
			out.Set(x, y, average(src, box, g))
		}
	}
	return out
}

// fit returns the size of a picture in a frame.
func fit(size image.Point, width, height int) (int, int) {
	w, h := size.X, size.Y
	if w > width {
		w, h = width, h*width/w
	}
	if h > height {
		w, h = w*height/h, height
	}
	return max(1, w), max(1, h)
}

// average mixes the four corners of a part of a picture, laid over the ground. Four
// of its pixels are enough for a picture that nobody looks at for beauty, and make
// the cost that of the result's size.
func average(src image.Image, box image.Rectangle, ground color.NRGBA64) color.Color {
	right, bottom := max(box.Min.X, box.Max.X-1), max(box.Min.Y, box.Max.Y-1)
	var r, g, b, a uint32
	for _, p := range [4]image.Point{box.Min, {right, box.Min.Y}, {box.Min.X, bottom}, {right, bottom}} {
		pr, pg, pb, pa := src.At(p.X, p.Y).RGBA()
		r, g, b, a = r+pr/4, g+pg/4, b+pb/4, a+pa/4
	}
	under := func(c uint32, of uint16) uint16 {
		return uint16(min(0xffff, c+uint32(of)*(0xffff-a)/0xffff*uint32(ground.A)/0xffff))
	}
	alpha := max(a, uint32(ground.A))
	return color.RGBA64{R: under(r, ground.R), G: under(g, ground.G), B: under(b, ground.B), A: uint16(alpha)}
}
