//go:build tools

// Package tools holds the CLI's package in go.mod: nothing of this module imports it, `go build` takes it by its path.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
