import { ensureToolchain, type ToolchainProgress } from "../sandbox/toolchain";
import type { ToolchainDefinition } from "../sandbox/toolchain/binaries";
import { BenchError } from "./benchmark";
import type { RivalPrograms } from "./rival/rival";

const helmVersion = "v3.22.0";
const kubectlVersion = "v1.37.0";

/** Helm and kubectl, found or built like the sandbox's programs: LONGHORN_S3_HELM, PATH, the cache, `go build`. */
const clients: ToolchainDefinition = {
  modulesDirectory: __dirname,
  modules: { clients: 2 },
  binaries: [
    {
      name: "helm",
      version: helmVersion,
      source: {
        kind: "go",
        module: "clients",
        package: "helm.sh/helm/v3/cmd/helm",
        ldflags: `-s -w -X helm.sh/helm/v3/internal/version.version=${helmVersion}`,
        coldSeconds: 90,
      },
      onPath: { arguments: ["version", "--short"], version: /^(v\S+)/, accepts: { atLeast: "v3.14.0" } },
    },
    {
      name: "kubectl",
      version: kubectlVersion,
      source: {
        kind: "go",
        module: "clients",
        package: "./kubectl",
        ldflags: `-s -w -X k8s.io/component-base/version.gitVersion=${kubectlVersion}`,
        coldSeconds: 30,
      },
      onPath: {
        arguments: ["version", "--client"],
        version: /Client Version: (v\S+)/,
        accepts: { atLeast: "v1.30.0" },
      },
    },
  ],
};

/** Finds or builds Helm and kubectl. */
export async function ensurePrograms(
  signal?: AbortSignal,
  onProgress?: (progress: ToolchainProgress) => void,
): Promise<RivalPrograms & { versions: Record<string, string> }> {
  const { binaries } = await ensureToolchain({ definition: clients, signal, onProgress });
  const pathOf = (name: string): string => {
    const found = binaries.find((binary) => binary.name === name);
    if (found === undefined) throw new BenchError(`${name} was neither found nor built.`);
    return found.path;
  };
  const versions = Object.fromEntries(binaries.map(({ name, version }) => [name, version]));
  return { helm: pathOf("helm"), kubectl: pathOf("kubectl"), versions };
}
