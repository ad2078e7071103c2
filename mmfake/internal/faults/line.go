package faults

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
)

// An Outage is why requests end that a test cuts off, in words for the journal. As the
// cause of a request's context it says so of that request.
type Outage string

func (o Outage) Error() string { return string(o) }

// A Line is a client's connection.
type Line struct {
	Conn net.Conn
	cut  atomic.Pointer[Outage]
}

type lineKey struct{}

// WithLine is a context for the requests that come on a connection.
func WithLine(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, lineKey{}, &Line{Conn: conn})
}

// LineOf is the connection on which the request of a context has come, nil where that is
// not known.
func LineOf(ctx context.Context) *Line {
	l, _ := ctx.Value(lineKey{}).(*Line)
	return l
}

// Cut cuts the connection off.
func (l *Line) Cut(why Outage) {
	l.cut.Store(&why)
	l.Conn.Close()
}

// OutageOf says why the request of a context is cut off, if it is.
func OutageOf(ctx context.Context) (Outage, bool) {
	if l := LineOf(ctx); l != nil {
		if why := l.cut.Load(); why != nil {
			return *why, true
		}
	}
	if ctx.Err() == nil {
		return "", false
	}
	return errors.AsType[Outage](context.Cause(ctx))
}
