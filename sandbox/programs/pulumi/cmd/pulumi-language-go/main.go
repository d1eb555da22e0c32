// Command pulumi-language-go writes SDKs for Go; it is the sandbox's own and runs no programs.
package main

import (
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"longhorn-s3/sandbox/pulumi/internal/generator"
)

func main() {
	generator.Main(func(
		pkg *schema.Package, _ schema.ReferenceLoader, request *pulumirpc.GeneratePackageRequest,
	) (map[string][]byte, error) {
		return gogen.GeneratePackage("pulumi-language-go", pkg, request.LocalDependencies)
	})
}
