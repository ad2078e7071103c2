package recorder_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A server sorts the files of a post by their ids, so that chance decides on their order.
func TestTheFilesOfAPostStandInTheOrderOfTheUpload(t *testing.T) {
	session := func(first, second, one, other string) string {
		upload, post := saying(`{}`), saying(fmt.Sprintf(`{"file_ids":["%s","%s"]}`, second, first)) // as the client likes it
		upload.Response = recorder.Response{Status: 201, Message: jsonMessage(fmt.Sprintf(`{"file_infos":[{"id":"%s"},{"id":"%s"}]}`, first, second))}
		post.Response = recorder.Response{Status: 201, Message: jsonMessage(fmt.Sprintf(`{"file_ids":["%s","%s"]}`, one, other))}
		event := &recorder.Exchange{
			Kind: recorder.KindSocket, Direction: recorder.Out,
			Request: recorder.Request{Path: "/api/v4/websocket", Message: jsonMessage(fmt.Sprintf(`{"data":{"post":"{\"file_ids\":[\"%s\",\"%s\"]}","mentions":"[\"%[1]s\",\"%[2]s\"]"}}`, one, other))},
		}
		told := &recorder.Exchange{
			Kind: recorder.KindCallback, Direction: recorder.Out,
			Request: recorder.Request{Method: "POST", Path: "/", Message: message("application/x-www-form-urlencoded", "file_ids="+one+"%2C"+other)},
		}
		f, err := recorder.NewFixture([]*recorder.Exchange{upload, post, event, told})
		require.NoError(t, err)
		return string(f.Bytes())
	}
	a, z := firstRun.other, secondRun.post
	got := session(z, a, a, z)
	assert.Equal(t, got, session(a, z, a, z))
	assert.Contains(t, got, `"json": {"file_ids": ["{file.2}", "{file.1}"]}`, "the client's own")
	assert.Contains(t, got, `"json": {"file_ids": ["{file.1}", "{file.2}"]}`, "the answer")
	assert.Contains(t, got, `"post": {"$json": {"file_ids": ["{file.1}", "{file.2}"]}}`)
	assert.Contains(t, got, `"mentions": {"$json": ["{file.1}", "{file.2}"]}`)
	assert.Contains(t, got, `"form": {"file_ids": "{file.1},{file.2}"}`)
}

func TestFilesInAnotherOrderAreNoDifference(t *testing.T) {
	f := fixtureOf(t, `{"format": 1, "names": {"file": ["1", "2"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/x"}, "answer": {"status": 200, "json": {"ids": ["{file.1}", "{file.2}"], "file_ids": ["{file.1}", "{file.2}"]}}}]}`)
	for second, differences := range map[string]int{firstRun.other: 0, firstRun.user: 1} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"ids": ["%s", "%s"], "file_ids": ["%s", "%[1]s"]}`, firstRun.post, firstRun.other, second)
		}))
		found, err := f.Against(t.Context(), server.URL)
		server.Close()
		require.NoError(t, err)
		assert.Len(t, found.Differences, differences)
	}
}
