// Package generator serves the part of a language host that writes SDKs, with Pulumi's own code generation. Pulumi's hosts for Go and
// Python are modules that are not released as such; what they add is running programs, and that is not served here.
package generator

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"longhorn-s3/sandbox/pulumi/internal/languagehost"
)

// version marks these hosts as the sandbox's own.
const version = "0.1.0-sandbox"

// Generate writes the files of a package's SDK, by their paths.
type Generate func(pkg *schema.Package, loader schema.ReferenceLoader, request *pulumirpc.GeneratePackageRequest) (map[string][]byte, error)

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	generate Generate
}

// Main serves until it is stopped.
func Main(generate Generate) {
	languagehost.Main(
		func(string) pulumirpc.LanguageRuntimeServer { return &host{generate: generate} },
		"packagemanager", "binary", "buildTarget", "typechecker", "toolchain", "virtualenv",
	)
}

// Handshake has nothing to remember.
func (h *host) Handshake(
	context.Context, *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo names the host's version.
func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

// GeneratePackage writes the SDK of a schema.
func (h *host) GeneratePackage(
	_ context.Context, request *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(request.Schema), &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return response, nil
	}
	files, err := h.generate(pkg, schema.NewCachedLoader(loader), request)
	if err != nil {
		return nil, err
	}
	for name, text := range files {
		path := filepath.Join(request.Directory, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
	}
	return response, nil
}
