package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Attachment is a framed block below a post's text, in Slack's format.
type Attachment struct {
	// ID is always 0.
	ID int64 `json:"id"`
	// Fallback is the plain text for notifications. Color is good, warning,
	// danger or #rrggbb. Pretext stands above the frame.
	Fallback   string `json:"fallback"`
	Color      string `json:"color"`
	Pretext    string `json:"pretext"`
	AuthorName string `json:"author_name"`
	AuthorLink string `json:"author_link"`
	AuthorIcon string `json:"author_icon"`
	Title      string `json:"title"`
	TitleLink  string `json:"title_link"`
	Text       string `json:"text"`
	// Fields is null when there are none.
	Fields     []*AttachmentField `json:"fields"`
	ImageURL   string             `json:"image_url"`
	ThumbURL   string             `json:"thumb_url"`
	Footer     string             `json:"footer"`
	FooterIcon string             `json:"footer_icon"`
	// Timestamp is a number or a string, in Unix seconds, passed on as it came.
	Timestamp any       `json:"ts"`
	Actions   []*Action `json:"actions,omitempty"`
}

// AttachmentField is one cell of an attachment's table.
type AttachmentField struct {
	Title string `json:"title"`
	// Value is any JSON value. In posts of webhooks and commands the server
	// turns it into text.
	Value any `json:"value"`
	// Short allows the cell to stand beside others.
	Short Bool `json:"short"`
}

// Bool is a boolean that may also be written as a string: true, "true",
// "False". Any other value, also null, cannot be decoded.
type Bool bool

// UnmarshalJSON reads true, false, or these words as a string in any case.
func (b *Bool) UnmarshalJSON(data []byte) error {
	switch string(bytes.ToLower(data)) {
	case `true`, `"true"`:
		*b = true
	case `false`, `"false"`:
		*b = false
	default:
		return fmt.Errorf("%s is neither true nor false", data)
	}
	return nil
}

// Types of actions, and the sources from which a select can take its options.
const (
	ActionButton = "button"
	ActionSelect = "select"

	DataSourceUsers    = "users"
	DataSourceChannels = "channels"
	// DataSourceDynamic exists only in dialogs: the integration is asked.
	DataSourceDynamic = "dynamic"
)

// Action is a button or a menu of an attachment.
type Action struct {
	// ID is made by the server where it is empty. Only an id of letters and
	// digits can be clicked.
	ID string `json:"id,omitempty" full:"5.2"`
	// Type is ActionButton or ActionSelect; empty means a button.
	Type    string `json:"type,omitempty" since:"5.3"`
	Name    string `json:"name,omitempty" full:"5.2"`
	Tooltip string `json:"tooltip,omitempty" since:"11.0"`
	// Disabled greys the button. Style is default, primary, success, good,
	// warning, danger or #rrggbb.
	Disabled bool   `json:"disabled,omitempty" since:"5.18"`
	Style    string `json:"style,omitempty" since:"5.24"`
	// DataSource, Options and DefaultOption (a value) belong to menus.
	DataSource    string          `json:"data_source,omitempty" since:"5.3"`
	Options       []*ActionOption `json:"options,omitempty" since:"5.3"`
	DefaultOption string          `json:"default_option,omitempty" since:"5.12"`
	// Integration is whom the server calls. Clients never see it.
	Integration *Integration `json:"integration,omitempty"`
	// Cookie stands only on ephemeral posts, where it carries what the server
	// did not store. The client sends it back with the click.
	Cookie string `json:"cookie,omitempty" since:"5.10"`
}

// ActionOption is one choice of a menu, also in dialogs.
type ActionOption struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// Integration is the address that a click is reported to, and what is sent
// along.
type Integration struct {
	URL     string `json:"url,omitempty"`
	Context Props  `json:"context,omitempty"`
}

// Clone returns a copy with fields and actions of its own. What stands in an
// action's context is shared.
func (a *Attachment) Clone() *Attachment {
	c := clone(a)
	if c == nil {
		return nil
	}
	c.Fields = cloneEach(a.Fields)
	c.Actions = slices.Clone(a.Actions)
	for i, action := range c.Actions {
		c.Actions[i] = action.Clone()
	}
	return c
}

// Clone returns a copy with options of its own. The integration is copied,
// what stands in its context is shared.
func (a *Action) Clone() *Action {
	c := clone(a)
	if c == nil {
		return nil
	}
	c.Options = cloneEach(a.Options)
	c.Integration = clone(a.Integration)
	return c
}

// AttachmentsFrom returns the attachments that a post's prop holds, typed or
// as read from JSON. Null fields and actions are dropped, and so is an
// attachment that cannot be decoded. Of anything but a list with attachments
// it returns nil. The list is the caller's own, typed attachments are shared.
func AttachmentsFrom(prop any) []*Attachment {
	var out []*Attachment
	switch list := prop.(type) {
	case []*Attachment:
		for _, a := range list {
			if a != nil {
				out = append(out, a.withoutNulls())
			}
		}
	case []any:
		for _, generic := range list {
			if a, ok := decodeAttachment(generic); ok {
				out = append(out, a)
			}
		}
	}
	return out
}

func decodeAttachment(generic any) (*Attachment, bool) {
	b, err := json.Marshal(generic)
	if err != nil {
		return nil, false
	}
	a := new(Attachment)
	if json.Unmarshal(b, a) != nil {
		return nil, false
	}
	return a.withoutNulls(), true
}

// withoutNulls is the attachment without null fields and actions: itself, where it
// has none.
func (a *Attachment) withoutNulls() *Attachment {
	if !slices.Contains(a.Fields, nil) && !slices.Contains(a.Actions, nil) {
		return a
	}
	c := *a
	c.Fields, c.Actions = withoutNil(a.Fields), withoutNil(a.Actions)
	return &c
}

func withoutNil[T any](list []*T) []*T {
	return slices.DeleteFunc(slices.Clone(list), func(p *T) bool { return p == nil })
}

func cloneEach[T any](list []*T) []*T {
	out := slices.Clone(list)
	for i, p := range out {
		out[i] = clone(p)
	}
	return out
}
