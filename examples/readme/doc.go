// Package readme holds the Go code of README.md and of what is in docs, and the test
// that they and CONTRIBUTING.md show code that is there and no other.
package readme
