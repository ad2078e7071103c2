package outgoing

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// newNetwork makes the transport to integrations that listen on a port. It asks
// no proxy: the address that is judged is the one that is connected to.
func newNetwork(allowPublic bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !allowPublic {
		dialer.Control = refusePublic
	}
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 8,
		MaxResponseHeaderBytes: 1 << 20, IdleConnTimeout: time.Minute,
	}
}

// refusePublic judges the address of each connection before it is made: after
// names were resolved, so that no name can hide it.
func refusePublic(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("the address %s cannot be judged: %w", address, err)
	}
	if ip := at.Addr().Unmap(); ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified() {
		return nil
	}
	return fmt.Errorf("%s is a public address, which the fake calls only if it was made with mmfake.AllowPublic", at.Addr())
}
