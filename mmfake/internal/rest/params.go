package rest

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// paramForms says what a parameter's text may look like; another one is no path
// of Mattermost's. Ids have letters and digits.
var paramForms = map[string]*regexp.Regexp{
	"username":        regexp.MustCompile(`^[A-Za-z0-9_.-]+$`),
	"email":           regexp.MustCompile(`.`),
	"team_name":       regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
	"channel_name":    regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
	"role_name":       regexp.MustCompile(`^[a-z0-9_]+$`),
	"emoji_name":      regexp.MustCompile(`^[A-Za-z0-9_+-]+$`),
	"category":        regexp.MustCompile(`^[A-Za-z0-9_]+$`),
	"invitation":      regexp.MustCompile(`^[A-Za-z0-9]+$`),
	"sidebar":         regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
	"timestamp":       regexp.MustCompile(`^[0-9]+$`),
	"preference_name": regexp.MustCompile(`^[A-Za-z0-9_]+$`),
}

// matches says whether the parameters have a form that Mattermost routes.
func (rt *route) matches(r *http.Request) bool {
	if r.Method == http.MethodHead && !strings.HasPrefix(rt.pattern, http.MethodHead) {
		return false // net/http lets GET patterns match it, Mattermost does not
	}
	for _, name := range rt.params {
		value := r.PathValue(name)
		if form := paramForms[name]; form != nil {
			if !form.MatchString(value) {
				return false
			}
		} else if strings.HasSuffix(name, "_id") && !model.IsRoutableID(value) {
			return false
		}
	}
	return true
}

// A paramRule says which names of a kind there can be. Others are refused before
// anybody looks for them.
type paramRule struct {
	valid func(*world.World, string) bool
	lower bool // capitals count as small letters
}

var paramRules = map[string]paramRule{
	"username":        {(*world.World).ValidUsername, false},
	"email":           {(*world.World).ValidAddress, true},
	"team_name":       {(*world.World).ValidTeamName, true},
	"channel_name":    {(*world.World).ValidChannelName, true},
	"category":        {(*world.World).ValidChannelName, false},
	"preference_name": {(*world.World).ValidChannelName, false},
	"sidebar":         {validCategoryID, false},
	"emoji_name":      {validEmojiName, false},
}

// validEmojiName says whether an emoji's name is not too long to be one.
func validEmojiName(_ *world.World, name string) bool { return len(name) <= longestEmojiName }

const longestEmojiName = 64 // bytes

// validCategoryID says whether a category of a sidebar may have that id: any id, or
// the type, the user and the team of one that the server made.
func validCategoryID(_ *world.World, id string) bool {
	return model.IsValidID(id) || ownCategoryID.MatchString(id)
}

var ownCategoryID = regexp.MustCompile(`^(favorites|channels|direct_messages)_[a-z0-9]{26}_[a-z0-9]{26}$`)

// checkParams refuses parameters that cannot be what they stand for: ids, and
// names by the rules for them.
func (rt *route) checkParams(c *call) error {
	for _, name := range rt.params {
		if rule, ok := paramRules[name]; ok {
			if rule.lower {
				c.r.SetPathValue(name, strings.ToLower(c.r.PathValue(name)))
			}
			if !rule.valid(c.world(), c.r.PathValue(name)) {
				return world.ErrURLParam.With(name)
			}
			continue
		}
		if !strings.HasSuffix(name, "_id") || name == "action_id" || rt.flags.has(page) {
			continue
		}
		if name == "user_id" && c.r.PathValue(name) == "me" && c.session != nil {
			c.r.SetPathValue(name, c.session.UserID)
		}
		if !model.IsValidID(c.r.PathValue(name)) {
			return world.ErrURLParam.With(name)
		}
	}
	return nil
}
