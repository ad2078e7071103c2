// A module of its own, so that what the client needs does not become a dependency of the fake.
module github.com/seed-a46829e6/mattermost-fake/examples/clients/notify

go 1.26

require (
	github.com/nikoksr/notify v1.3.0
	github.com/seed-a46829e6/mattermost-fake v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/coder/websocket v1.8.15 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/stretchr/objx v0.5.3 // indirect
	github.com/tidwall/gjson v1.20.1 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.1 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
	golang.org/x/sync v0.10.0 // indirect
)

replace github.com/seed-a46829e6/mattermost-fake => ../../..
