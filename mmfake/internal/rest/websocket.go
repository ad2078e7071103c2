package rest

import (
	"errors"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Socket takes over the connections on which clients listen.
type Socket interface {
	// Refuse says with which status a handshake is refused, 0 if it is not.
	Refuse(r *http.Request) int
	// Number returns the number of the next connection.
	Number() int64
	// Accept answers a handshake and keeps the connection; as is nil if the client
	// has no session.
	Accept(w http.ResponseWriter, r *http.Request, as *world.Session, number int64)
}

var websocketRoutes = []route{
	{pattern: "GET /api/v4/websocket", serve: openSocket, flags: open | stays},
	{pattern: "GET /api/v4/websocket/{$}", serve: openSocket, flags: open | stays},
}

// openSocket hands a connection over.
func openSocket(c *call) (any, error) {
	if status := c.api.Socket.Refuse(c.r); status != 0 {
		c.refuseUpgrade(status)
		return takenOver{}, nil
	}
	number := c.api.Socket.Number()
	c.takeOver(number)
	c.api.Socket.Accept(c.w, c.r, c.session, number)
	return takenOver{}, nil
}

// refuseUpgrade answers a handshake that is none: the real server writes what its
// library says, and its own error after it.
func (c *call) refuseUpgrade(status int) {
	c.status = status
	c.w.Header()["Sec-Websocket-Version"] = []string{"13"}
	c.setHeaders(typeText)
	problem, _ := errors.AsType[*model.AppError](errUpgrade.With(c.config.SiteURL))
	c.write(append([]byte(http.StatusText(c.status)+"\n"), c.encodeProblem(problem)...))
}

// takeOver ends the call for a connection that somebody else goes on with. The
// exchange is in the journal before he answers.
func (c *call) takeOver(connection int64) {
	c.status = http.StatusSwitchingProtocols
	c.setHeaders(nil)
	e := c.exchange()
	e.Connection = connection
	e.Response = recorder.Response{Status: c.status, Message: recorder.Message{Header: c.w.Header().Clone()}}
	c.api.Journal.Append(&e)
	c.finished = true
}
