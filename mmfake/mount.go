package mmfake

import "net/http"

// Mount makes a handler answer the server's requests to a URL and to all below
// its path, such as "http://bot.test": the code under test then needs no port.
// The handler sees the whole path. Where several are mounted the longest path
// counts, and of the same path the last. What is mounted wins over whatever the network
// has at that URL, and no request to it leaves the process.
func (s *Server) Mount(url string, handler http.Handler) {
	s.t.Helper()
	s.notClosed()
	if handler == nil {
		s.fail("mounting a handler at %s: it is nil: give the http.Handler of the code under test", url)
	}
	s.check(s.outgoing.Mount(url, handler), "mounting a handler")
}
