package recorder

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"sync"
	"time"
)

// A record is a place in the journal. It holds the exchange packed into one text until
// somebody asks for it: the garbage collector of a program whose journal has a hundred
// thousand exchanges then has as many objects to look at, not two million.
type record struct {
	packed string    // "" once the exchange was asked for, or where it is large
	whole  *Exchange // nil until then
	at     time.Time
	weight int64
}

// mostPacked is how many bytes a body may have to be packed. A larger one is kept as
// it was handed over.
const mostPacked = 4 << 10

// newRecord makes a record of an exchange. Where that is whole, its Seq is still to be
// given.
func newRecord(ex *Exchange) record {
	if len(ex.Request.Body) > mostPacked || len(ex.Response.Body) > mostPacked {
		whole := *ex
		for _, m := range []*Message{&whole.Request.Message, &whole.Response.Message} {
			if len(m.Body) <= mostPacked {
				m.Body = bytes.Clone(m.Body)
			}
		}
		return record{whole: &whole, at: ex.Time, weight: ex.weigh()}
	}
	p := packers.Get().(*packer)
	defer packers.Put(p)
	p.out = p.out[:0]
	p.exchange(ex)
	return record{packed: string(p.out), at: ex.Time, weight: fixedWeight + int64(len(p.out))}
}

// exchange returns the record's exchange, the same one each time. It must not be
// called by two goroutines at once. One that was returned before is only read: others
// are reading it.
func (r *record) exchange(seq int64) *Exchange {
	if r.whole == nil {
		u := unpacker{in: r.packed}
		r.whole, r.packed = u.exchange(), ""
		r.whole.Time, r.whole.Seq = r.at, seq
	}
	return r.whole
}

const fixedWeight = 512 // about the bytes of an exchange beside its texts, headers and bodies

// weigh returns about how many bytes of memory an exchange takes that is not packed.
func (ex *Exchange) weigh() int64 {
	text := len(ex.Request.Path) + len(ex.Request.Query) + len(ex.Err)
	for _, followed := range ex.Followed {
		text += len(followed)
	}
	return fixedWeight + int64(text) + ex.Request.weigh() + ex.Response.weigh()
}

// weigh returns about how many bytes of memory header and body take.
func (m *Message) weigh() int64 {
	weight := len(m.Body)
	for name, values := range m.Header {
		weight += len(name)
		for _, value := range values {
			weight += len(value)
		}
	}
	return int64(weight)
}

// A packer writes texts with their lengths before them, and numbers.
type packer struct{ out []byte }

var packers = sync.Pool{New: func() any { return new(packer) }}

func (p *packer) number(n int64) { p.out = binary.AppendVarint(p.out, n) }

func (p *packer) text(s string) {
	p.out = binary.AppendUvarint(p.out, uint64(len(s)))
	p.out = append(p.out, s...)
}

func (p *packer) exchange(ex *Exchange) {
	p.number(ex.Began)
	p.text(string(ex.Kind))
	p.text(string(ex.Direction))
	p.number(ex.Connection)
	p.text(ex.Actor)
	p.text(ex.Route)
	p.number(int64(ex.Duration))
	p.text(ex.Request.Method)
	p.text(ex.Request.Origin)
	p.text(ex.Request.Path)
	p.text(ex.Request.Query)
	p.message(&ex.Request.Message)
	p.number(int64(ex.Response.Status))
	p.message(&ex.Response.Message)
	p.text(ex.Err)
	p.text(ex.Fault)
	p.texts(ex.Followed)
}

func (p *packer) texts(list []string) {
	p.number(int64(len(list)))
	for _, s := range list {
		p.text(s)
	}
}

// message writes a missing header or body as -1 fields or bytes.
func (p *packer) message(m *Message) {
	if m.Header == nil {
		p.number(-1)
	} else {
		p.number(int64(len(m.Header)))
	}
	for name, values := range m.Header {
		p.text(name)
		p.texts(values)
	}
	if m.Body == nil {
		p.number(-1)
	} else {
		p.number(int64(len(m.Body)))
		p.out = append(p.out, m.Body...)
	}
	p.number(m.Size)
	if m.Truncated {
		p.number(1)
	} else {
		p.number(0)
	}
}

// An unpacker reads what a packer has written.
type unpacker struct{ in string }

func (u *unpacker) number() int64 {
	n := u.unsigned()
	if n&1 != 0 {
		return ^int64(n >> 1)
	}
	return int64(n >> 1)
}

// unsigned is binary.Uvarint for a text.
func (u *unpacker) unsigned() (n uint64) {
	for i, shift := 0, 0; ; i, shift = i+1, shift+7 {
		b := u.in[i]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			u.in = u.in[i+1:]
			return n
		}
	}
}

func (u *unpacker) text() string {
	n := u.unsigned()
	s := u.in[:n]
	u.in = u.in[n:]
	return s
}

func (u *unpacker) texts() []string {
	n := u.number()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = u.text()
	}
	return list
}

func (u *unpacker) exchange() *Exchange {
	ex := &Exchange{Began: u.number(), Kind: Kind(u.text()), Direction: Direction(u.text()), Connection: u.number(), Actor: u.text(), Route: u.text()}
	ex.Duration = time.Duration(u.number())
	ex.Request = Request{Method: u.text(), Origin: u.text(), Path: u.text(), Query: u.text(), Message: u.message()}
	ex.Response = Response{Status: int(u.number()), Message: u.message()}
	ex.Err, ex.Fault, ex.Followed = u.text(), u.text(), u.texts()
	return ex
}

func (u *unpacker) message() (m Message) {
	if n := u.number(); n >= 0 {
		m.Header = make(http.Header, n)
		for range n {
			name := u.text()
			m.Header[name] = u.texts()
		}
	}
	if n := u.number(); n >= 0 {
		m.Body = []byte(u.in[:n])
		u.in = u.in[n:]
	}
	m.Size = u.number()
	m.Truncated = u.number() == 1
	return m
}
