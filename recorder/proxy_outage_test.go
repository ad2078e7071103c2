package recorder_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// rawServer answers each connection with a function of its own, and returns its address.
func rawServer(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer conn.Close(); serve(conn) }()
		}
	}()
	return "http://" + l.Addr().String()
}

// nowhere is the URL of a port at which nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return "http://" + l.Addr().String()
}

// reads reads a request's head.
func reads(conn net.Conn) {
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err == nil {
		io.Copy(io.Discard, r.Body)
	}
}

func TestWhyThereIsNoAnswerIsSaidInOneSentence(t *testing.T) {
	impatient := recorder.Transport(func(t *http.Transport) { t.ResponseHeaderTimeout = 50 * time.Millisecond })
	badCertificate := httptest.NewTLSServer(http.NotFoundHandler())
	badCertificate.Config.ErrorLog = quiet
	defer badCertificate.Close()
	hang := make(chan struct{})
	for name, c := range map[string]struct {
		url     string
		options []recorder.ProxyOption
		status  int
		problem string
	}{
		"nobody is there": {nowhere(t), nil, 502, "the upstream URL cannot be reached: connection refused"},
		"bad certificate": {badCertificate.URL, nil, 502, "the upstream URL has a certificate that is not valid: x509: certificate signed by unknown authority"},
		"it ends":         {rawServer(t, reads), nil, 502, "the upstream URL ended the connection without an answer"},
		"it is reset":     {rawServer(t, func(c net.Conn) { reads(c); c.(*net.TCPConn).SetLinger(0) }), nil, 502, "the upstream URL has not answered: connection reset by peer"},
		"it is no HTTP":   {rawServer(t, func(c net.Conn) { reads(c); io.WriteString(c, "+OK ready\r\n") }), nil, 502, `the upstream URL has not answered: malformed HTTP status code "ready"`},
		"it hangs":        {rawServer(t, func(c net.Conn) { reads(c); <-hang }), []recorder.ProxyOption{impatient}, 504, "the upstream URL has not answered within 50ms"},
		"it is not https": {strings.Replace(rawServer(t, reads), "http:", "https:", 1), nil, 502, "the upstream URL ended the connection without an answer"},
		"it has no such name": {"http://nowhere.invalid", []recorder.ProxyOption{recorder.Transport(func(t *http.Transport) {
			t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
				return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "nowhere.invalid", IsNotFound: true}}
			}
		})}, 502, "the upstream URL cannot be reached: lookup nowhere.invalid: no such host"},
	} {
		t.Run(name, func(t *testing.T) {
			s := proxyTo(t, c.url, c.options...)
			resp, body := s.do("POST /api/v4/posts", `{"message":"hi"}`, nil)
			problem := strings.Replace(c.problem, "URL", c.url, 1)
			assert.Equal(t, c.status, resp.StatusCode)
			assert.Equal(t, "application/json", resp.Header.Get("Content-Type"))
			m := recorder.Message{Body: []byte(body)}
			assert.Equal(t, problem, m.Get("message").String())
			assert.EqualValues(t, c.status, m.Get("status_code").Int())
			ex := s.only()
			assert.Equal(t, problem, ex.Err)
			assert.Equal(t, `{"message":"hi"}`, ex.Request.Text(), "what was asked is kept")
			assert.Equal(t, c.status, ex.Response.Status)
			assert.Equal(t, body, ex.Response.Text())
			_, err := s.journal.Fixture(recorder.Site(c.url))
			assert.NoError(t, err)
		})
	}
	close(hang)
}

func TestAServerThatDiesInTheMiddleOfItsAnswerLooksSoToTheClient(t *testing.T) {
	for name, c := range map[string]struct{ head, body, problem string }{
		"of a known length": {"Content-Length: 100\r\n", "0123456789", "broke its answer off after 10 bytes: unexpected EOF"},
		"in pieces":         {"Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n", "broke its answer off after 10 bytes: unexpected EOF"},
		"at the beginning":  {"Content-Length: 100\r\n", "", "broke its answer off after 0 bytes: unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			url := rawServer(t, func(conn net.Conn) {
				reads(conn)
				io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"+c.head+"\r\n"+c.body)
			})
			s := proxyTo(t, url)
			resp, err := http.Get(s.url + "/api/v4/posts")
			if err == nil {
				defer resp.Body.Close()
				_, err = io.ReadAll(resp.Body)
			}
			assert.True(t, errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF), "%v", err)
			ex := s.awaitOnly()
			assert.Equal(t, "the upstream "+url+" "+c.problem, ex.Err)
			assert.Equal(t, 200, ex.Response.Status)
			assert.Equal(t, strings.Repeat("0123456789", min(1, len(c.body))), ex.Response.Text(), "what came is kept")
		})
	}
}

func TestTheClientHasWhatHasComeOfAnAnswer(t *testing.T) {
	more := make(chan struct{})
	url := rawServer(t, func(conn net.Conn) {
		reads(conn)
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nhalf")
		<-more
		io.WriteString(conn, " of")
	})
	s := proxyTo(t, url)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+"/", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	half := make([]byte, 4)
	_, err = io.ReadFull(resp.Body, half)
	require.NoError(t, err)
	assert.Equal(t, "half", string(half))
	close(more)
	rest, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, " of", string(rest))
}

func TestAClientThatGoesInTheMiddleOfTheAnswerIsSaidToHaveGone(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, strings.Repeat("x", 1<<16))
		}
	})
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+"/api/v4/posts", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	_, err = io.ReadFull(resp.Body, make([]byte, 1<<20))
	require.NoError(t, err)
	leave()
	resp.Body.Close()
	ex := s.awaitOnly()
	assert.Equal(t, "the client went before it had all of the answer", ex.Err)
	assert.True(t, ex.Response.Truncated)
	assert.GreaterOrEqual(t, ex.Response.Size, int64(1<<20))
}

func TestARequestThatBreaksOffIsRecordedAsSuch(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body) })
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	fmt.Fprintf(conn, "POST /api/v4/posts HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"message\"")
	require.NoError(t, conn.(*net.TCPConn).CloseWrite())
	defer conn.Close()
	ex := s.awaitOnly()
	assert.Contains(t, []string{"the request broke off after 10 bytes: unexpected EOF", "the client went before it had an answer"}, ex.Err)
	assert.Equal(t, `{"message"`, ex.Request.Text())
	assert.True(t, ex.Request.Truncated)
	assert.EqualValues(t, 100, ex.Request.Size)
}

func TestAnAnswerBeforeTheWholeRequestIsPassedOn(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	})
	r, err := http.NewRequest("POST", s.url+"/api/v4/files", io.LimitReader(zeros{}, 64<<20))
	require.NoError(t, err)
	r.ContentLength = 64 << 20
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil { // the client may be cut off while it sends, as without a proxy
		resp.Body.Close()
		assert.Equal(t, http.StatusRequestEntityTooLarge, resp.StatusCode)
	}
	ex := s.awaitOnly()
	assert.True(t, ex.Request.Truncated)
	assert.EqualValues(t, 64<<20, ex.Request.Size)
}

// zeros never end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '0'
	}
	return len(b), nil
}

// A gauge tells how much memory is in use, from time to time.
type gauge struct {
	io.Reader
	count, every, most int64
}

func (g *gauge) Read(b []byte) (int, error) {
	n, err := g.Reader.Read(b)
	if g.count += int64(n); g.count/g.every != (g.count-int64(n))/g.every {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		g.most = max(g.most, int64(m.HeapAlloc))
	}
	return n, err
}

func TestALargeBodyPassesInLittleMemory(t *testing.T) {
	const size = 100 << 20
	for _, encoding := range []string{"", "gzip"} {
		t.Run("answered"+encoding, func(t *testing.T) {
			made := &gauge{Reader: io.LimitReader(zeros{}, size), every: 10 << 20}
			s := keeping(t, recorder.Limits{Body: 4096}, func(w http.ResponseWriter, r *http.Request) {
				asked, err := io.Copy(io.Discard, r.Body)
				assert.NoError(t, err)
				assert.EqualValues(t, size, asked)
				if encoding == "" {
					io.Copy(w, made)
					return
				}
				w.Header().Set("Content-Encoding", encoding)
				zip := gzip.NewWriter(w)
				io.Copy(zip, made)
				zip.Close()
			})
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			sent := &gauge{Reader: io.LimitReader(zeros{}, size), every: 10 << 20}
			r, err := http.NewRequest("POST", s.url+"/api/v4/files", sent)
			require.NoError(t, err)
			r.Header.Set("Accept-Encoding", "gzip")
			resp, err := http.DefaultTransport.RoundTrip(r)
			require.NoError(t, err)
			defer resp.Body.Close()
			_, err = io.Copy(io.Discard, resp.Body)
			require.NoError(t, err)
			ex := s.awaitOnly()
			assert.Less(t, max(sent.most, made.most), int64(before.HeapAlloc)+(16<<20))
			assert.Empty(t, ex.Err)
			for _, m := range []recorder.Message{ex.Request.Message, ex.Response.Message} {
				assert.EqualValues(t, size, m.Size)
				assert.True(t, m.Truncated)
				assert.Len(t, m.Body, 4096)
			}
			f, err := s.journal.Fixture()
			require.NoError(t, err)
			assert.Contains(t, string(f.Bytes()), fmt.Sprintf(`"size": %d`, size), "the fixture says that it has only the beginning")
		})
	}
}

func TestAClientThatStallsDoesNotHoldUpTheEnd(t *testing.T) {
	underWay := make(chan struct{})
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { close(underWay); io.Copy(io.Discard, r.Body) })
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/v4/posts HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n%s", strings.Repeat("x", 500))
	<-underWay
	s.Close()
	ex := s.only()
	assert.Equal(t, "the proxy was closed before it had an answer", ex.Err)
	assert.EqualValues(t, 1000, ex.Request.Size)
}
