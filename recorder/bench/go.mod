// A module of its own, so that what fixtures are compared with does not become a dependency of the fake.
module github.com/seed-a46829e6/mattermost-fake/recorder/bench

go 1.26

require (
	github.com/seed-a46829e6/mattermost-fake v0.0.0
	go.yaml.in/yaml/v4 v4.0.0
	gopkg.in/dnaeon/go-vcr.v4 v4.0.8
)

require (
	github.com/coder/websocket v1.8.15 // indirect
	github.com/tidwall/gjson v1.20.1 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.0 // indirect
)

replace github.com/seed-a46829e6/mattermost-fake => ../..
