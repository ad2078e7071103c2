// Package readme holds the Go code of README.md and CONTRIBUTING.md, and the test
// that both show this code and no other.
package readme
