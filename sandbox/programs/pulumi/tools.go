//go:build tools

// Package tools holds Pulumi's own programs in go.mod: nothing of this module imports them, `go build` takes each by its path.
package tools

import (
	_ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)
