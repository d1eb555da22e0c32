//go:build tools

// Package tools holds etcd's package in go.mod: nothing of this module imports it, `go build` takes it by its path.
package tools

import _ "go.etcd.io/etcd/server/v3"
