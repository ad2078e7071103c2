package readme_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestASettingIsChanged(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableCommands = false }))
	request, err := http.NewRequest(http.MethodGet, mm.URL+"/api/v4/config", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+mm.Admin.Token)
	response, err := mm.Client().Do(request)
	require.NoError(t, err)
	response.Body.Close()
	answered, _ := mm.Journal.Last(recorder.Route("GET /api/v4/config"))
	assert.Equal(t, "false", answered.Response.Get("ServiceSettings.EnableCommands").String())
}

// docs/settings.md has a row for each setting, with its name in config.json and its
// default.
func TestTheTableOfSettingsIsTrue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "settings.md"))
	require.NoError(t, err)
	var defaults mmfake.Settings
	mmfake.New(t, mmfake.InMemory(), mmfake.Seed(""), mmfake.Configure(func(s *mmfake.Settings) { defaults = *s }))
	fields := reflect.TypeFor[mmfake.Settings]()
	rows := 0
	for i := range fields.NumField() {
		field, value := fields.Field(i), reflect.ValueOf(defaults).Field(i)
		row := "| `" + field.Name + "` | "
		if setting := field.Tag.Get("setting"); setting != "" {
			row += "`" + setting + "` "
		}
		row += "| "
		if !value.IsZero() || value.Kind() != reflect.String {
			row += fmt.Sprintf("`%v` ", value)
		}
		assert.True(t, strings.Contains(string(text), row+"|"), "docs/settings.md has no row that begins with %s|", row)
		rows++
	}
	assert.Equal(t, rows, strings.Count(string(text), "\n| `"), "there are rows of settings that are none")
}
