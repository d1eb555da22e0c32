// Command pulumi-language-python writes SDKs for Python; it is the sandbox's own and runs no programs. Programs of Python's Automation
// API need none.
package main

import (
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"longhorn-s3/sandbox/pulumi/internal/generator"
)

func main() {
	generator.Main(func(
		pkg *schema.Package, loader schema.ReferenceLoader, request *pulumirpc.GeneratePackageRequest,
	) (map[string][]byte, error) {
		return python.GeneratePackage("pulumi-language-python", pkg, request.ExtraFiles, loader)
	})
}
