package mmfake

import (
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Check returns what a client says of a dialog that is filled in like that, by the
// names of the elements, before it would send it; empty where nothing is wrong
// (facts 8.2, 8.3). A name that is no element's is wrong too.
func (d *Dialog) Check(fields Fields) map[string]string {
	_, wrong := d.values(fields)
	return wrong
}

func (d *Dialog) element(name string) *model.DialogElement {
	i := slices.IndexFunc(d.Elements, func(e model.DialogElement) bool { return e.Name == name })
	if i < 0 {
		return nil
	}
	return &d.Elements[i]
}

func (d *Dialog) elementNames() string {
	if len(d.Elements) == 0 {
		return "none"
	}
	names := make([]string, len(d.Elements))
	for i, e := range d.Elements {
		names[i] = strconv.Quote(e.Name)
	}
	return strings.Join(names, ", ")
}

// values are what a client sends of a filled-in dialog, and what it says is wrong.
func (d *Dialog) values(fields Fields) (values map[string]any, wrong map[string]string) {
	values, wrong = map[string]any{}, map[string]string{}
	for name := range fields {
		if d.element(name) == nil {
			wrong[name] = "is no element of it: it has " + d.elementNames()
		}
	}
	for i := range d.Elements {
		e := &d.Elements[i]
		given, ok := fields[e.Name]
		if !ok {
			given = e.Default
		}
		value, err := d.value(e, given)
		if err == nil {
			err = check(e, value)
		}
		values[e.Name] = value
		if err != nil {
			wrong[e.Name] = err.Error()
		}
	}
	return values, wrong
}

// value is what a client makes of what a user fills into an element.
func (d *Dialog) value(e *model.DialogElement, given any) (any, error) {
	switch v := given.(type) {
	case *Actor:
		given = v.ID
	case *Channel:
		given = v.ID
	}
	switch e.Type {
	case model.DialogBool:
		return boolValue(given)
	case model.DialogDate:
		return timeValue(given, time.DateOnly)
	case model.DialogDateTime:
		return timeValue(given, time.RFC3339)
	case model.DialogSelect, model.DialogRadio:
		return d.chosen(e, given)
	}
	switch given.(type) {
	case string, int, int64, float64: // a client may send the number of a numeric text as one
		return given, nil
	}
	return given, fmt.Errorf("is a text: give a string, not %T", given)
}

func boolValue(given any) (any, error) {
	switch v := given.(type) {
	case bool:
		return v, nil
	case string:
		switch strings.ToLower(v) {
		case "true":
			return true, nil
		case "false", "":
			return false, nil
		}
	}
	return given, fmt.Errorf("is a check box: give true or false, not %v", given)
}

// timeValue writes a date or time as clients send it. Defaults may be relative,
// as +5d.
func timeValue(given any, layout string) (any, error) {
	switch v := given.(type) {
	case time.Time:
		return v.Format(layout), nil
	case string:
		if at, ok := relativeDate(v, time.Now()); ok {
			return at.Format(layout), nil
		}
		return v, nil
	}
	return given, fmt.Errorf("is a date: give a string like %s or a time.Time, not %T", layout, given)
}

// relativeDate reads today, tomorrow, yesterday, and days, weeks and months from
// today as +5d, -2w and +1m.
func relativeDate(text string, now time.Time) (time.Time, bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch text {
	case "today":
		return today, true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	}
	if len(text) < 3 || len(text) > 6 || text[0] != '+' && text[0] != '-' {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil {
		return time.Time{}, false
	}
	switch text[len(text)-1] {
	case 'd':
		return today.AddDate(0, 0, n), true
	case 'w':
		return today.AddDate(0, 0, 7*n), true
	case 'm':
		return today.AddDate(0, n, 0), true
	}
	return time.Time{}, false
}

// chosen is the value of what was chosen: a list where several may be.
func (d *Dialog) chosen(e *model.DialogElement, given any) (any, error) {
	var names []string
	switch v := given.(type) {
	case string:
		if v == "" {
			break
		}
		names = []string{v}
		if e.MultiSelect {
			names = strings.Split(v, ",")
		}
	case []string:
		names = v
	default:
		return given, fmt.Errorf("is a menu: give a string, or a list of them for several, not %T", given)
	}
	values := make([]string, 0, len(names))
	for _, name := range names {
		value, err := d.option(e, strings.TrimSpace(name))
		if err != nil {
			return given, err
		}
		values = append(values, value)
	}
	switch {
	case e.MultiSelect:
		return values, nil
	case len(values) > 1:
		return given, fmt.Errorf("is a menu for one choice: give one")
	case len(values) == 0:
		return "", nil
	}
	return values[0], nil
}

func (d *Dialog) option(e *model.DialogElement, name string) (string, error) {
	switch e.DataSource {
	case "":
		return valueOf(e.Options, name)
	case model.DataSourceDynamic:
		return name, nil // what a lookup found is the integration's own
	}
	return d.actor.sourced(e.DataSource, d.channelID, name)
}

// The longest texts that a client takes where the element does not say.
const (
	longestDialogText     = 150
	longestDialogTextarea = 3000
)

// check says what is wrong with an element's value.
func check(e *model.DialogElement, value any) error {
	if list, ok := value.([]string); value == "" || ok && len(list) == 0 {
		if e.Optional || e.Type == model.DialogBool {
			return nil
		}
		return fmt.Errorf("is required")
	}
	switch e.Type {
	case model.DialogBool, model.DialogSelect, model.DialogRadio:
		return nil
	case model.DialogDate, model.DialogDateTime:
		return checkTime(e, value.(string))
	}
	return checkText(e, fmt.Sprint(value))
}

func checkText(e *model.DialogElement, text string) error {
	longest := longestDialogText
	if e.Type == model.DialogTextarea {
		longest = longestDialogTextarea
	}
	if e.MaxLength > 0 {
		longest = e.MaxLength
	}
	n := utf8.RuneCountInString(text)
	switch {
	case n < e.MinLength:
		return fmt.Errorf("has %d characters, and needs at least %d", n, e.MinLength)
	case n > longest:
		return fmt.Errorf("has %d characters, and may have %d", n, longest)
	}
	switch e.SubType {
	case "email":
		if at, err := mail.ParseAddress(text); err != nil || at.Address != text {
			return fmt.Errorf("is no e-mail address: %q", text)
		}
	case "number":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return fmt.Errorf("is no number: %q", text)
		}
	case "url":
		if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
			return fmt.Errorf("begins with neither http:// nor https://: %q", text)
		}
	}
	return nil
}

// checkTime judges a date or time by its form and the element's range.
func checkTime(e *model.DialogElement, text string) error {
	layout := time.DateOnly
	if e.Type == model.DialogDateTime {
		layout = time.RFC3339
	}
	at, err := time.Parse(layout, text)
	if err != nil {
		return fmt.Errorf("is not written like %s: %q", layout, text)
	}
	day := at.Format(time.DateOnly)
	if first := dayOf(e.MinDate); first != "" && day < first {
		return fmt.Errorf("is before %s: %q", first, text)
	}
	if last := dayOf(e.MaxDate); last != "" && day > last {
		return fmt.Errorf("is after %s: %q", last, text)
	}
	return nil
}

// dayOf is the day that an element's limit names, "" for none.
func dayOf(limit string) string {
	if at, ok := relativeDate(limit, time.Now()); ok {
		return at.Format(time.DateOnly)
	}
	if len(limit) >= len(time.DateOnly) {
		return limit[:len(time.DateOnly)]
	}
	return ""
}
