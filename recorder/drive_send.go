package recorder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// sender returns what sends a request to the code under test.
func (o *driveOptions) sender(to any) (func(*Request) (Response, error), error) {
	switch to := to.(type) {
	case http.Handler:
		return func(r *Request) (Response, error) {
			req, err := newRequest(r, r.Origin)
			if err != nil {
				return Response{}, err
			}
			req.RequestURI, req.Host = req.URL.RequestURI(), req.URL.Host
			w := &answerWriter{header: http.Header{}}
			to.ServeHTTP(w, req)
			return w.response(), nil
		}, nil
	case string:
		if u, err := url.Parse(to); err != nil || u.Host == "" {
			return nil, fmt.Errorf("%q is no URL such as http://127.0.0.1:5000", to)
		}
		client := o.httpClient()
		client.Timeout = o.answersWithin
		return func(r *Request) (Response, error) {
			req, err := newRequest(r, strings.TrimSuffix(to, "/"))
			if err != nil {
				return Response{}, err
			}
			resp, err := client.Do(req)
			if err != nil {
				return Response{}, err
			}
			return readResponse(resp)
		}, nil
	}
	return nil, errors.New("the code under test must be an http.Handler or a URL")
}

// An answerWriter keeps what a handler answers.
type answerWriter struct {
	header http.Header
	status int
	sent   http.Header // as it was when the answer began
	body   bytes.Buffer
}

func (w *answerWriter) Header() http.Header { return w.header }

func (w *answerWriter) WriteHeader(status int) {
	if w.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *answerWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// response is the answer when the handler has returned. A media type that it does not
// tell is found out as net/http does.
func (w *answerWriter) response() Response {
	w.WriteHeader(http.StatusOK)
	if len(w.sent["Content-Type"]) == 0 && w.body.Len() > 0 {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	return Response{Status: w.status, Message: Message{Header: w.sent, Body: w.body.Bytes()}}
}

func newRequest(r *Request, origin string) (*http.Request, error) {
	path := (&url.URL{Path: r.Path, RawQuery: r.Query}).String()
	req, err := http.NewRequest(r.Method, origin+path, bytes.NewReader(r.Body))
	if err == nil {
		req.Header = r.Header.Clone()
		if req.Header == nil {
			req.Header = http.Header{}
		}
	}
	return req, err
}

func readResponse(resp *http.Response) (Response, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostReplayed))
	if err != nil {
		return Response{}, fmt.Errorf("the answer broke off: %w", err)
	}
	return Response{Status: resp.StatusCode, Message: Message{Header: resp.Header, Body: body}}, nil
}

func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(media))
}
