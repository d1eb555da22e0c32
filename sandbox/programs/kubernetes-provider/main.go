// Command pulumi-resource-kubernetes serves Pulumi's Kubernetes provider, built from its own Go module.
//
// It serves an empty schema: creating, updating, deleting and reading resources, Helm releases included, work without
// one; `pulumi package get-schema`, SDK generation and `pulumi convert` need the published plugin. So do the components
// ConfigFile, ConfigGroup and Chart v4: sdk/ has of Pulumi's Go SDK only what the provider itself refers to.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte("{}"), []byte("{}"))
}
