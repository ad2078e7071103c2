#!/bin/sh
# Runs the command given as arguments against a fake server of its own.
set -e
rm -f ready.json
mmfake serve --listen 127.0.0.1:0 --ready-file ready.json &
trap "kill $!" EXIT
until [ -e ready.json ]; do kill -0 $!; sleep 0.1; done

ready() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" ready.json; }
MATTERMOST_WEBHOOK=$(ready webhook_url) MATTERMOST_TOKEN=$(ready token) "$@" # the tests
