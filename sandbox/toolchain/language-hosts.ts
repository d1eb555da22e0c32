import { programsDirectory, type Binary, type ToolchainDefinition } from "./binaries";

const yamlVersion = "v1.38.1";

/** A language host of Pulumi, or one on PATH next to the CLI. */
const host = (language: string, version: string, target: string, ldflags: string, coldSeconds: number): Binary => ({
  name: `pulumi-language-${language}`,
  version,
  source: { kind: "go", module: "pulumi", package: target, ldflags: `-s -w ${ldflags}`.trim(), coldSeconds },
});

/**
 * Hosts of the languages, other than TypeScript, for programs with these components. The sandbox does not need them.
 * The host for YAML is Pulumi's; those for Go and Python only generate SDKs.
 */
export const languageHosts: ToolchainDefinition = {
  modulesDirectory: programsDirectory,
  modules: { pulumi: 3 },
  binaries: [
    host(
      "yaml",
      yamlVersion,
      "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      `-X github.com/pulumi/pulumi-yaml/pkg/version.Version=${yamlVersion}`,
      60,
    ),
    host("go", "own", "./cmd/pulumi-language-go", "", 5),
    host("python", "own", "./cmd/pulumi-language-python", "", 5),
  ],
};
