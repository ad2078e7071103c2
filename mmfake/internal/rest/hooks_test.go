package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestOldVersionsReadTheContentTypeOfAWebhookByItsLetters(t *testing.T) {
	for contentType, status := range map[string]int{
		"application/x-www-form-urlencoded; charset=utf-8": 200,
		"application/x-www-form-urlencoded;charset=utf-8":  400,
		"Application/X-WWW-Form-Urlencoded":                400,
	} {
		for version, want := range map[string]int{"11.6": 200, "5.36": 200, "5.0": status} {
			mm := mmfake.New(t, mmfake.Version(version))
			hook := mm.IncomingWebhook(mm.Channel("dev"))
			r := clientOf(t, mm, nil).do("POST", "/hooks/"+hook.ID, "payload=%7B%22text%22%3A%22passed%22%7D", "Content-Type", contentType)
			assert.Equal(t, want, r.Status, "%s as %s: %s", contentType, version, r.Body)
		}
	}
}

func TestAFormWithoutAPayloadIsToldWhatToSend(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	r := clientOf(t, mm, nil).do("POST", "/hooks/"+hook.ID, `{"text": "passed"}`, "Content-Type", "application/x-www-form-urlencoded") // as curl -d has it
	assert.Equal(t, 400, r.Status)
	assert.Contains(t, string(r.Body), `the form has no field \"payload\": put the JSON there, or send it as it is with the header \"Content-Type: application/json\"`)
}

func TestAWebhookIDThatNoneCanHaveIsAPageThatDoesNotExist(t *testing.T) {
	mm := mmfake.New(t, mmfake.AllowUnknownEndpoints())
	r := clientOf(t, mm, nil).do("POST", "/hooks/with-dash", map[string]string{"text": "passed"})
	assert.Equal(t, 404, r.Status)
	assert.Equal(t, "text/html", r.Header.Get("Content-Type"))
	assert.Empty(t, r.Header.Get("X-Request-Id"), "no handler has seen it")
}

func TestAContentTypesBrokenParameterIsRefusedOnlySince11(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.36": 200, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		hook := "/hooks/" + mm.IncomingWebhook(mm.Channel("dev")).ID
		r := clientOf(t, mm, nil).do("POST", hook, `{"text": "passed"}`, "Content-Type", "application/json; charset")
		assert.Equal(t, status, r.Status, "as %s: %s", version, r.Body)
	}
}
