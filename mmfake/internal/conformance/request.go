package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// request sends the request of a step, keeps what it saves, and describes the
// answer as far as the step compares it.
func (r *run) request(ctx context.Context, s *Step) (*StepOutcome, error) {
	o := &StepOutcome{Skip: s.Setup}
	req, err := r.newRequest(ctx, s)
	if err != nil {
		return o, err
	}
	a, err := r.roundTrip(req)
	if err != nil {
		return o, err
	}
	o.Status = a.status
	var v any
	isJSON := json.Unmarshal(a.body, &v) == nil
	if s.Do == "POST /api/v4/users" && a.status == http.StatusCreated {
		r.users = append(r.users, text(dig(v, "id")))
	}
	if err := r.saveAnswer(s, a, v); err != nil {
		return o, err
	}
	if s.Status || s.Setup {
		return o, nil
	}
	o.ContentType = a.header.Get("Content-Type")
	o.Headers = r.tellingHeaders(s, a)
	switch {
	case s.Head:
	case strings.HasPrefix(o.ContentType, "text/html"):
		o.Body = "<page>" // for eyes, and each server's own
	case isJSON:
		dropWording(a, v)
		o.Body = r.clean(v, s)
	default:
		o.Body = r.clean(string(a.body), s)
	}
	return o, nil
}

func (r *run) newRequest(ctx context.Context, s *Step) (*http.Request, error) {
	method, path, ok := strings.Cut(r.sub(s.Do), " ")
	if !ok {
		return nil, fmt.Errorf("bad do %q", s.Do)
	}
	if len(s.Query) > 0 {
		path += "?" + r.values(s.Query).Encode()
	}
	path = strings.TrimPrefix(path, r.target.URL) // a saved response_url is absolute
	body, contentType, err := r.content(s)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, r.target.URL+path, body)
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if s.As != "" {
		token := r.vars[s.As+".token"]
		if t, ok := strings.CutPrefix(s.As, "token:"); ok {
			token = r.sub(t)
		}
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for k, v := range s.Headers {
		req.Header.Set(k, r.sub(v))
	}
	return req, nil
}

// content encodes the body of a step's request; one without a body has a nil
// reader.
func (r *run) content(s *Step) (body io.Reader, contentType string, err error) {
	switch {
	case s.JSON != nil:
		encoded, err := json.Marshal(r.expand(s.JSON))
		if err != nil {
			return nil, "", err
		}
		contentType = s.Type
		if contentType == "" {
			contentType = "application/json"
		}
		return bytes.NewReader(encoded), contentType, nil
	case s.Form != nil:
		return strings.NewReader(r.values(s.Form).Encode()), "application/x-www-form-urlencoded", nil
	case s.Files != nil:
		return r.multipart(s.Files)
	case s.Text != nil:
		return strings.NewReader(r.sub(*s.Text)), s.Type, nil
	}
	return nil, s.Type, nil
}

func (r *run) multipart(files []Upload) (io.Reader, string, error) {
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	for _, f := range files {
		if f.Name == "" {
			if err := form.WriteField(f.Field, r.sub(f.Text)); err != nil {
				return nil, "", err
			}
			continue
		}
		part, err := form.CreateFormFile(f.Field, f.Name)
		if err != nil {
			return nil, "", err
		}
		if _, err := io.WriteString(part, r.sub(f.Text)); err != nil {
			return nil, "", err
		}
	}
	return &buf, form.FormDataContentType(), form.Close()
}

func (r *run) values(m map[string]string) url.Values {
	q := make(url.Values, len(m))
	for k, v := range m {
		q.Set(k, r.sub(v))
	}
	return q
}

// saveAnswer keeps what the step saves. All of it has to be there: later steps
// need it. v is the body where it is JSON.
func (r *run) saveAnswer(s *Step, a *answer, v any) error {
	for _, name := range slices.Sorted(maps.Keys(s.Save)) {
		from := s.Save[name]
		value := text(dig(v, r.sub(from)))
		if h, ok := strings.CutPrefix(from, "header:"); ok {
			value = a.header.Get(h)
		}
		if value == "" {
			return fmt.Errorf("answered %d %.300s: nothing at %q to save as %q", a.status, a.body, from, name)
		}
		r.save(name, value)
	}
	return nil
}

// tellingHeaders lists the headers that clients rely on and that are there, those
// the step shows with their value, and the cookies that are set.
func (r *run) tellingHeaders(s *Step, a *answer) []string {
	var list []string
	for _, h := range []string{"Etag", "Link", "Location", "Retry-After", "Token", "X-Request-Id", "X-Version-Id"} {
		if a.header.Get(h) != "" {
			list = append(list, h)
		}
	}
	for _, h := range s.Show {
		if v := a.header.Values(h); len(v) > 0 {
			list = append(list, h+": "+text(number(r.nameString(strings.Join(v, ", ")))))
		}
	}
	for _, c := range a.cookies {
		list = append(list, "Set-Cookie: "+c.Name)
	}
	return list
}

// dropWording drops what each server words its own way from an error: ids and
// codes are the interface.
func dropWording(a *answer, v any) {
	if m, ok := v.(map[string]any); ok && a.status >= http.StatusBadRequest {
		for _, k := range []string{"message", "detailed_error", "request_id"} {
			delete(m, k)
		}
	}
}
