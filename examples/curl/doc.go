// Package curl holds the curl lines of Mattermost's tutorials as a script,
// tutorial.sh. Its test runs the script against a fake.
package curl
