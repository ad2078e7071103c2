package world

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// The props of posts are never changed, for posts that are alike share them, with each
// other and with their readers. These functions make new ones.

// withProp returns props with a key set to a value.
func withProp(props model.Props, key string, value any) model.Props {
	next := make(model.Props, len(props)+1)
	maps.Copy(next, props)
	next[key] = value
	return next
}

// withoutProps returns props without some keys.
func withoutProps(props model.Props, keys ...string) model.Props {
	next := props
	for _, key := range keys {
		if _, there := next[key]; !there {
			continue
		}
		if len(next) == len(props) {
			next = maps.Clone(props)
		}
		delete(next, key)
	}
	return next
}
