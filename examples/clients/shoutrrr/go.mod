// A module of its own, so that what the client needs does not become a dependency of the fake.
module github.com/seed-a46829e6/mattermost-fake/examples/clients/shoutrrr

go 1.26

require (
	github.com/nicholas-fedor/shoutrrr v0.13.2
	github.com/seed-a46829e6/mattermost-fake v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/coder/websocket v1.8.15 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/mattn/go-colorable v0.1.14 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	github.com/tidwall/gjson v1.20.1 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.0 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
	golang.org/x/sys v0.40.0 // indirect
	golang.org/x/term v0.39.0 // indirect
)

replace github.com/seed-a46829e6/mattermost-fake => ../../..
