#!/bin/sh
# Records what examples/notifier/ sends to a Mattermost server into a fixture:
#
#   sh record.sh FILE [flags of notifier]
#
# The programs mmfake and notifier are in the PATH. The server is a fake here; for another
# one, UPSTREAM, TOKEN and CHANNEL (as team/channel) say where it is.
set -eu
file=$1
shift
scratch=$(mktemp -d)
server= recorder=
tidy_up() {
	for process in $recorder $server; do kill "$process" 2>/dev/null || true; done
	rm -rf "$scratch"
}
trap tidy_up EXIT

# field prints a field of a ready file once the file is there, and its process lives.
field() {
	until [ -e "$1" ]; do
		kill -0 "$2" 2>/dev/null || exit 1
		sleep 0.05
	done
	sed -n "s/^ *\"$3\": \"\(.*\)\",*$/\1/p" "$1"
}

if [ -z "${UPSTREAM:-}" ]; then
	mmfake serve --listen 127.0.0.1:0 --ready-file "$scratch/server.json" >"$scratch/server.log" &
	server=$!
	UPSTREAM=$(field "$scratch/server.json" $server url | head -n 1)
	TOKEN=$(field "$scratch/server.json" $server token)
	CHANNEL=test/town-square
fi

mmfake record --upstream "$UPSTREAM" --out "$file" --listen 127.0.0.1:0 --ready-file "$scratch/proxy.json" &
recorder=$!
proxy=$(field "$scratch/proxy.json" $recorder url)

MATTERMOST_URL=$proxy MATTERMOST_TOKEN=$TOKEN MATTERMOST_CHANNEL=$CHANNEL notifier --project shop "$@"

kill -INT $recorder
wait $recorder
recorder=
