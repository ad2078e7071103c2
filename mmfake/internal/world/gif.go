package world

// animated says whether a GIF has more than one frame, without decoding any: a
// small file can hold thousands of large ones.
func animated(content []byte) bool {
	const (
		header     = 13 // signature and logical screen
		extension  = 0x21
		frame      = 0x2c
		descriptor = 10 // of a frame, with its first byte
	)
	if len(content) < header || string(content[:3]) != "GIF" {
		return false
	}
	frames := 0
	rest := skip(content, header+colourTable(content[10]))
	for len(rest) > 0 {
		switch {
		case rest[0] == extension:
			rest = skipBlocks(skip(rest, 2))
		case rest[0] == frame && len(rest) >= descriptor:
			if frames++; frames > 1 {
				return true
			}
			rest = skipBlocks(skip(rest, descriptor+colourTable(rest[descriptor-1])+1))
		default:
			return false
		}
	}
	return false
}

// colourTable is the size of the table that a GIF's flags announce, in bytes.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func skip(b []byte, n int) []byte { return b[min(n, len(b)):] }

// skipBlocks passes over a GIF's data blocks, the last of which is empty.
func skipBlocks(b []byte) []byte {
	for len(b) > 0 && b[0] != 0 {
		b = skip(b, int(b[0])+1)
	}
	return skip(b, 1)
}
