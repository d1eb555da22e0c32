// Command pulumi-resource-random serves the upstream random provider through the Pulumi bridge, under the type tokens
// of the npm package @pulumi/random. It is a bridge of the real provider, built for the sandbox; it is not the plugin
// that Pulumi publishes. It serves no schema: `pulumi package get-schema` and SDK generation need the published one.
package main

import (
	"context"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"longhorn-s3/sandbox/random-provider/internal/random"
)

func main() {
	tfbridge.Main(context.Background(), "random", random.Provider(),
		tfbridge.ProviderMetadata{PackageSchema: []byte(`{"name":"random","version":"` + random.Version + `"}`)})
}
