package rest

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var emojiRoutes = []route{
	{pattern: "POST /api/v4/emoji", serve: createEmoji},
	{pattern: "GET /api/v4/emoji", serve: listEmojis},
	{pattern: "GET /api/v4/emoji/{emoji_id}", serve: getEmoji},
	{pattern: "DELETE /api/v4/emoji/{emoji_id}", serve: deleteEmoji},
	{pattern: "GET /api/v4/emoji/{emoji_id}/image", serve: getEmojiImage},
	{pattern: "GET /api/v4/emoji/name/{emoji_name}", serve: getEmojiByName},
	{pattern: "POST /api/v4/emoji/names", serve: emojisByNames},
	{pattern: "POST /api/v4/emoji/search", serve: searchEmojis},
	{pattern: "GET /api/v4/emoji/autocomplete", serve: autocompleteEmojis},
}

func createEmoji(c *call) (any, error) {
	if err := c.world().MayCreateEmoji(c.session); err != nil {
		return nil, err
	}
	text, image, err := c.emojiForm()
	if err != nil {
		return nil, err
	}
	var in model.Emoji
	if json.Unmarshal(text, &in) != nil {
		return nil, world.ErrBodyParam.With("emoji")
	}
	return c.world().CreateEmoji(c.session, in, image)
}

// emojiForm reads the two parts of a form that makes an emoji: what it is called
// and what it looks like. The image is nil where there is none.
func (c *call) emojiForm() (text, image []byte, err error) {
	const limit = world.MaxEmojiBytes + formSlack
	if c.r.ContentLength > limit {
		return nil, nil, errEmojiTooLarge.With(world.MaxEmojiBytes)
	}
	c.r.Body = c.journalled(http.MaxBytesReader(c.w, c.r.Body, limit))
	form, err := c.r.MultipartReader()
	for err == nil {
		part, next := form.NextPart()
		if next == io.EOF {
			break
		}
		if err = next; err != nil {
			break
		}
		b, readErr := io.ReadAll(part)
		switch {
		case readErr != nil:
			err = readErr
		case part.FormName() == "emoji" && part.FileName() == "":
			text = b
		case part.FormName() == "image" && part.FileName() != "":
			image = b
		}
	}
	if isTooLarge(err) || len(image) > world.MaxEmojiBytes {
		return nil, nil, errEmojiTooLarge.With(world.MaxEmojiBytes)
	}
	if err != nil {
		return nil, nil, errEmojiForm.With(err)
	}
	return text, image, nil
}

func listEmojis(c *call) (any, error) {
	sort := c.query("sort")
	if sort != "" && sort != "name" {
		return nil, world.ErrURLParam.With("sort")
	}
	return c.world().Emojis(c.page(), sort == "name")
}

func getEmoji(c *call) (any, error) { return c.world().Emoji(c.param("emoji_id")) }

func deleteEmoji(c *call) (any, error) {
	return done{}, c.world().DeleteEmoji(c.session, c.param("emoji_id"))
}

func getEmojiImage(c *call) (any, error) {
	image, mediaType, err := c.world().EmojiImage(c.param("emoji_id"))
	if err != nil {
		return nil, err
	}
	c.w.Header()["Cache-Control"] = keepMonth
	return blob{mediaType, image}, nil
}

func getEmojiByName(c *call) (any, error) { return c.world().EmojiByName(c.param("emoji_name")) }

func emojisByNames(c *call) (any, error) {
	var names []string
	if err := c.decodePayload(&names); err != nil {
		return nil, err
	}
	return c.world().EmojisByNames(names)
}

func searchEmojis(c *call) (any, error) {
	var in struct {
		Term       string
		PrefixOnly bool `json:"prefix_only"`
	}
	if err := c.decode(&in, "term"); err != nil {
		return nil, err
	}
	if in.Term == "" {
		return nil, world.ErrBodyParam.With("term")
	}
	return c.world().SearchEmojis(in.Term, in.PrefixOnly)
}

func autocompleteEmojis(c *call) (any, error) {
	name := c.query("name")
	if name == "" {
		return nil, world.ErrURLParam.With("name")
	}
	return c.world().AutocompleteEmojis(name)
}
