// Package v2 registers the objects of the components ConfigFile, ConfigGroup and Chart.
package v2

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// object is a registered object, whatever its kind.
type object struct{ pulumi.CustomResourceState }

// RegisterResource registers an object under the type token of its kind: every kind as the SDK registers a custom
// resource, without outputs of its own.
func RegisterResource(
	ctx *pulumi.Context, apiVersion, kind, name string, props pulumi.Input, opts ...pulumi.ResourceOption,
) (pulumi.CustomResource, error) {
	var registered object
	token := fmt.Sprintf("kubernetes:%s:%s", coreVersion(apiVersion), kind)
	return &registered, ctx.RegisterResource(token, name, props, &registered, opts...)
}

// coreVersion returns an API version as type tokens spell it: with the group core where it has none.
func coreVersion(apiVersion string) string {
	if strings.Contains(apiVersion, "/") {
		return apiVersion
	}
	return "core/" + apiVersion
}
