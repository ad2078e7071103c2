package recorder_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAServerWithTLSAndHTTP2HasWebsocketsToo(t *testing.T) {
	socket := socketServer(t, nil, echo)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			socket(w, r)
			return
		}
		if r.URL.Path == "/dies" {
			panic(http.ErrAbortHandler)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b", Secure: true})
		io.WriteString(w, r.Proto+" "+r.Host)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	s := proxyTo(t, server.URL, recorder.Transport(func(transport *http.Transport) { transport.TLSClientConfig = &tls.Config{RootCAs: pool} }))

	resp, body := s.do("GET /", "", nil)
	assert.Equal(t, "HTTP/2.0 "+server.URL[len("https://"):], body)
	assert.Equal(t, []string{"a=b"}, resp.Header["Set-Cookie"], "the client has no TLS")
	_, body = s.do("GET /dies", "", nil)
	assert.Contains(t, body, " has not answered: stream error: INTERNAL_ERROR; received from peer", "whichever of the streams it was")
	ws, _ := s.dial(nil)
	require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte("hello")))
	_, text, err := ws.Read(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "hello", string(text))
	assert.Equal(t, []string{"1 in hello", "1 out hello"}, s.messages())
}
