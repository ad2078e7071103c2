#!/bin/sh
# The curl lines of Mattermost's tutorials, in one go. Any server will do, a fake
# or a real one; the environment says which:
#
#   URL          the server, such as http://127.0.0.1:8065
#   TOKEN        a personal access token of a system admin's
#   LOGIN        a user's name or e-mail address, and
#   PASSWORD     his password
#   WEBHOOK      an incoming webhook
#   TEAM         the id of a team
#   CHANNEL      the id of a channel of it
#   INTEGRATION  a service that answers clicks at /accept and /decline, and slash
#                commands at /weather
#
# Each step prints its number and the answer.
set -eu

# api METHOD PATH [JSON] is a request with the token.
api() {
	curl --silent --show-error --fail-with-body --request "$1" --header "Authorization: Bearer $TOKEN" \
		${3:+--header 'Content-Type: application/json' --data "$3"} "$URL/api/v4$2"
}

step() { printf '\n%s: ' "$1"; }

# first_id reads JSON and prints the first id in it.
first_id() { grep -o '"id":"[a-z0-9]*"' | head -n 1 | cut -d '"' -f 4; }

step 1 # a text to a webhook
curl --silent --show-error --header 'Content-Type: application/json' \
	--data '{"text": "Hello, this is some text\nThis is more text. :tada:"}' "$WEBHOOK"

step 2 # who am I
api GET /users/me

step 3 # an attachment with actions to a webhook
curl --silent --show-error --header 'Content-Type: application/json' --data '{
	"username": "tutorial",
	"attachments": [{
		"pretext": "This is the attachment pretext.",
		"text": "This is the attachment text.",
		"actions": [
			{"id": "menu", "name": "Pick one", "type": "select", "options": [{"text": "One", "value": "1"}, {"text": "Two", "value": "2"}],
				"integration": {"url": "'"$INTEGRATION"'/accept"}},
			{"id": "ok", "name": "OK", "integration": {"url": "'"$INTEGRATION"'/accept", "context": {"action": "ok"}}}
		]
	}]
}' "$WEBHOOK"

step 4 # a message with two buttons
question=$(api POST /posts '{"channel_id": "'"$CHANNEL"'", "message": "Release 1.4?", "props": {"attachments": [{"actions": [
	{"id": "accept", "name": "Accept", "style": "good", "integration": {"url": "'"$INTEGRATION"'/accept", "context": {"release": "1.4"}}},
	{"id": "decline", "name": "Decline", "style": "danger", "integration": {"url": "'"$INTEGRATION"'/decline"}}
]}]}}' | first_id)
printf '%s' "$question"

step 5 # a click that is answered by an ephemeral message
api POST "/posts/$question/actions/decline" '{}'

step 6 # a click that is answered by an update of the message
api POST "/posts/$question/actions/accept" '{}'

step 7 # the message as it is now
api GET "/posts/$question"

step 8 # a slash command that is sent by POST
api POST /commands '{"team_id": "'"$TEAM"'", "trigger": "weather", "method": "P", "url": "'"$INTEGRATION"'/weather"}' | first_id
api POST /commands/execute '{"team_id": "'"$TEAM"'", "channel_id": "'"$CHANNEL"'", "command": "/weather Berlin"}'

step 9 # a slash command that is sent by GET
api POST /commands '{"team_id": "'"$TEAM"'", "trigger": "forecast", "method": "G", "url": "'"$INTEGRATION"'/weather"}' | first_id
api POST /commands/execute '{"team_id": "'"$TEAM"'", "channel_id": "'"$CHANNEL"'", "command": "/forecast Paris"}'

step 10 # a file, and a message with it
file=$(printf 'build 7 passed' | curl --silent --show-error --fail-with-body --header "Authorization: Bearer $TOKEN" \
	--form 'files=@-;filename=build.txt' --form "channel_id=$CHANNEL" "$URL/api/v4/files" | first_id)
api POST /posts '{"channel_id": "'"$CHANNEL"'", "message": "The log", "file_ids": ["'"$file"'"]}' | first_id

step 11 # a bot with a token of its own, which answers in a thread
bot=$(api POST /bots '{"username": "tutorial-bot"}' | grep -o '"user_id":"[a-z0-9]*"' | cut -d '"' -f 4)
api POST "/teams/$TEAM/members" '{"team_id": "'"$TEAM"'", "user_id": "'"$bot"'"}' >/dev/null
api POST "/channels/$CHANNEL/members" '{"user_id": "'"$bot"'"}' >/dev/null
token=$(api POST "/users/$bot/tokens" '{"description": "tutorial"}' | grep -o '"token":"[a-z0-9]*"' | cut -d '"' -f 4)
TOKEN=$token api POST /posts '{"channel_id": "'"$CHANNEL"'", "root_id": "'"$question"'", "message": "Release 1.4 is out."}' | first_id

step 12 # a login, whose token is in a header; curl calls what it sends a form, and the API reads it as JSON
curl --silent --show-error --fail-with-body --include --data '{"login_id": "'"$LOGIN"'", "password": "'"$PASSWORD"'"}' "$URL/api/v4/users/login" |
	grep -i '^token:'
