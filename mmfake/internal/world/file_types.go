package world

import (
	"path"
	"strings"
)

// fileTypes are the media types of the usual extensions. The table is ours, and
// not that of the machine, so that a fake answers the same everywhere. What a
// recorded server said is in here as it said it.
const fileTypes = `
txt      text/plain; charset=utf-8
text     text/plain; charset=utf-8
log      text/plain; charset=utf-8
conf     text/plain; charset=utf-8
def      text/plain; charset=utf-8
list     text/plain; charset=utf-8
in       text/plain; charset=utf-8
md       text/markdown; charset=utf-8
markdown text/markdown; charset=utf-8
csv      text/csv; charset=utf-8
html     text/html; charset=utf-8
htm      text/html; charset=utf-8
css      text/css; charset=utf-8
js       text/javascript; charset=utf-8
mjs      text/javascript; charset=utf-8
xml      text/xml; charset=utf-8
go       text/x-go; charset=utf-8
py       text/x-python; charset=utf-8
sh       application/x-sh
json     application/json
yaml     application/yaml
yml      application/yaml
sql      application/sql
pdf      application/pdf
rtf      application/rtf
zip      application/zip
gz       application/gzip
tar      application/x-tar
7z       application/x-7z-compressed
bz2      application/x-bzip2
xz       application/x-xz
jar      application/java-archive
wasm     application/wasm
doc      application/msword
xls      application/vnd.ms-excel
ppt      application/vnd.ms-powerpoint
docx     application/vnd.openxmlformats-officedocument.wordprocessingml.document
xlsx     application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
pptx     application/vnd.openxmlformats-officedocument.presentationml.presentation
odt      application/vnd.oasis.opendocument.text
ods      application/vnd.oasis.opendocument.spreadsheet
png      image/png
jpg      image/jpeg
jpeg     image/jpeg
jpe      image/jpeg
gif      image/gif
bmp      image/bmp
webp     image/webp
tif      image/tiff
tiff     image/tiff
avif     image/avif
svg      image/svg+xml
ico      image/vnd.microsoft.icon
mp3      audio/mpeg
ogg      audio/ogg
oga      audio/ogg
wav      audio/x-wav
flac     audio/flac
m4a      audio/mp4
mp4      video/mp4
mpeg     video/mpeg
mpg      video/mpeg
webm     video/webm
mov      video/quicktime
avi      video/x-msvideo
`

// extension is a file name's extension, small and without its dot.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}

// mediaType is the media type of files with that extension, "" where the table
// has none.
func mediaType(extension string) string {
	if strings.ContainsAny(extension, " \n") {
		return ""
	}
	_, rest, _ := strings.Cut(fileTypes, "\n"+extension+" ")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
}
