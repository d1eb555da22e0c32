//go:build tools

// Package tools holds Helm in go.mod: nothing of this module imports it, `go build` takes it by its path.
package tools

import _ "helm.sh/helm/v3/cmd/helm"
