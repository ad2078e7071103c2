package socket

import (
	"encoding/binary"
	"errors"
	"math"
)

// The part of MessagePack that a client's message can hold: everything that JSON
// has, and byte strings. Extension types are not among them.

const deepest = 100 // levels of maps and arrays

var (
	errShort  = errors.New("the MessagePack ends too early")
	errNested = errors.New("the MessagePack is nested too deep")
	errType   = errors.New("the MessagePack has a type that a request cannot have")
)

// unpack reads the first value of a message. Numbers become int64 or float64.
func unpack(message []byte) (any, error) {
	u := unpacker{rest: message}
	return u.value(deepest)
}

type unpacker struct {
	rest []byte
}

// take removes the next n bytes.
func (u *unpacker) take(n uint64) ([]byte, error) {
	if n > uint64(len(u.rest)) {
		return nil, errShort
	}
	b := u.rest[:n]
	u.rest = u.rest[n:]
	return b, nil
}

// number reads an unsigned number of 1, 2, 4 or 8 bytes.
func (u *unpacker) number(size uint64) (uint64, error) {
	b, err := u.take(size)
	if err != nil {
		return 0, err
	}
	var wide [8]byte
	copy(wide[8-size:], b)
	return binary.BigEndian.Uint64(wide[:]), nil
}

func (u *unpacker) value(depth int) (any, error) {
	if depth == 0 {
		return nil, errNested
	}
	b, err := u.take(1)
	if err != nil {
		return nil, err
	}
	switch kind := b[0]; {
	case kind <= 0x7f:
		return int64(kind), nil
	case kind >= 0xe0:
		return int64(int8(kind)), nil
	case kind <= 0x8f:
		return u.object(uint64(kind&0x0f), depth)
	case kind <= 0x9f:
		return u.array(uint64(kind&0x0f), depth)
	case kind <= 0xbf:
		return u.text(uint64(kind & 0x1f))
	default:
		return u.sized(kind, depth)
	}
}

// sized reads a value whose kind is followed by its size, or says it.
func (u *unpacker) sized(kind byte, depth int) (any, error) {
	switch kind {
	case 0xc0:
		return nil, nil
	case 0xc2, 0xc3:
		return kind == 0xc3, nil
	case 0xca, 0xcb:
		return u.float(kind)
	case 0xcc, 0xcd, 0xce, 0xcf:
		n, err := u.number(1 << (kind - 0xcc))
		return int64(n), err
	case 0xd0, 0xd1, 0xd2, 0xd3:
		size := 1 << (kind - 0xd0)
		n, err := u.number(uint64(size))
		unused := 64 - 8*size
		return int64(n<<unused) >> unused, err
	}
	lengths := map[byte]uint64{0xc4: 1, 0xc5: 2, 0xc6: 4, 0xd9: 1, 0xda: 2, 0xdb: 4, 0xdc: 2, 0xdd: 4, 0xde: 2, 0xdf: 4}
	length, known := lengths[kind]
	if !known {
		return nil, errType
	}
	n, err := u.number(length)
	switch {
	case err != nil:
		return nil, err
	case kind >= 0xde:
		return u.object(n, depth)
	case kind >= 0xdc:
		return u.array(n, depth)
	}
	return u.text(n)
}

func (u *unpacker) float(kind byte) (any, error) {
	if kind == 0xca {
		n, err := u.number(4)
		return float64(math.Float32frombits(uint32(n))), err
	}
	n, err := u.number(8)
	return math.Float64frombits(n), err
}

func (u *unpacker) text(n uint64) (any, error) {
	b, err := u.take(n)
	return string(b), err
}

// array reads n values. It makes room as they come: a message may claim more than
// it has.
func (u *unpacker) array(n uint64, depth int) (any, error) {
	list := []any{}
	for range n {
		v, err := u.value(depth - 1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// object reads n pairs, whose keys have to be text.
func (u *unpacker) object(n uint64, depth int) (any, error) {
	fields := map[string]any{}
	for range n {
		key, err := u.value(depth - 1)
		if err != nil {
			return nil, err
		}
		name, ok := key.(string)
		if !ok {
			return nil, errType
		}
		if fields[name], err = u.value(depth - 1); err != nil {
			return nil, err
		}
	}
	return fields, nil
}
