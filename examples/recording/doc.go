// Package recording has a fixture that the command mmfake record has made, of what the
// example notifier sends, and the script that makes it, record.sh. Its test runs the
// script, and holds docs/fixtures.md to what a change of the notifier's call makes of the
// fixture.
package recording
