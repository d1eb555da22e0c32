import * as path from "node:path";
import type { VersionProbe } from "./version-probe";

/** A program built from one of the Go modules in `programs/`. */
export interface GoSource {
  kind: "go";
  /** Folder of the module. */
  module: string;
  /** Package to build: an import path, or a path inside the module. */
  package: string;
  /** Linker flags. */
  ldflags: string;
  /** Build tags, separated by commas. */
  tags?: string;
  /**
   * Measured seconds of the build with empty Go caches on two cores, including downloads, after the earlier entries of
   * the table.
   */
  coldSeconds: number;
}

/** Longhorn's CustomResourceDefinitions, a file of the Go module github.com/longhorn/longhorn-manager. */
export interface CustomResourceDefinitionsSource {
  kind: "custom-resource-definitions";
  /** Folder of the Go module that depends on longhorn-manager. */
  module: string;
}

/** A program of a Debian package, unpacked into the cache without an installation. */
export interface DebianSource {
  kind: "debian";
  /** Name of the package. */
  package: string;
  /** Path of the program in the package, relative to its root. */
  program: string;
}

/** An entry of the table. */
export interface Binary {
  /**
   * File name. The variable `LONGHORN_S3_<NAME>`, in capitals with `_` for `-` and `.`, overrides the binary's path.
   */
  name: string;
  version: string;
  source: GoSource | CustomResourceDefinitionsSource | DebianSource;
  /** Check of a program on PATH. Without it, programs on PATH are not used. */
  onPath?: VersionProbe;
  /** Name of the Pulumi provider whose installed plugin of the same minor version is used. */
  publishedPlugin?: string;
  /** Binary whose folder also contains this one, if that binary comes from the environment or PATH. */
  besides?: string;
}

/**
 * Reports whether a program is built from upstream sources only: it then depends on the versions of its module, not on
 * the repository's sources.
 */
export const isUpstream = (source: GoSource | CustomResourceDefinitionsSource): boolean =>
  source.kind !== "go" || !source.package.startsWith(".");

/** A table of binaries and their sources. */
export interface ToolchainDefinition {
  /** Binaries in build order. */
  binaries: readonly Binary[];
  /** Folder of the Go modules. */
  modulesDirectory: string;
  /** GB that each module adds to Go's empty caches. */
  modules: Readonly<Record<string, number>>;
}

/** Folder of the Go modules. */
export const programsDirectory = path.resolve(__dirname, "../programs");

/** Modules in build order, with the GB that each adds to Go's empty caches. */
const modules: Readonly<Record<string, number>> = {
  host: 0.5,
  cluster: 7,
  gateway: 1,
  pulumi: 3,
  "kubernetes-provider": 3,
  "random-provider": 1.5,
};

const kubernetesVersion = "v1.36.3";

/** Version that Kubernetes' programs report. Helm compares a chart's kubeVersion with it. */
const kubernetesFlags = [
  "-s -w",
  ...["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].map(
    (target) =>
      `-X ${target}.gitVersion=${kubernetesVersion} -X ${target}.gitMajor=1 -X ${target}.gitMinor=36` +
      ` -X ${target}.gitCommit=${"0".repeat(40)} -X ${target}.gitTreeState=clean -X ${target}.buildDate=2026-07-01T00:00:00Z`,
  ),
].join(" ");

const go = (module: string, target: string, coldSeconds: number, ldflags = "-s -w"): GoSource => ({
  kind: "go",
  module,
  package: target,
  ldflags,
  coldSeconds,
});

const kubernetes = (name: string, coldSeconds: number): Binary => ({
  name,
  version: kubernetesVersion,
  source: go("cluster", `k8s.io/kubernetes/cmd/${name}`, coldSeconds, kubernetesFlags),
  onPath: { arguments: ["--version"], version: /Kubernetes v(\S+)/, accepts: { sameMinor: kubernetesVersion } },
});

const pulumiVersion = "v3.256.0";
const kubernetesProviderVersion = "4.25.0";
const randomProviderVersion = "4.21.2";
const longhornVersion = "v1.12.0";

/** In build order. */
const binaries: readonly Binary[] = [
  { name: "sandbox-host", version: "own", source: go("host", ".", 23) },
  {
    name: "etcd",
    version: "v3.6.16",
    source: go("cluster", "go.etcd.io/etcd/server/v3", 40),
    onPath: { arguments: ["--version"], version: /etcd Version: (\S+)/, accepts: { sameMinor: "v3.6.16" } },
  },
  kubernetes("kube-apiserver", 213),
  kubernetes("kube-controller-manager", 65),
  kubernetes("kube-scheduler", 5),
  kubernetes("kube-proxy", 6),
  { name: "sandbox-node", version: "own", source: go("cluster", "./node", 18, kubernetesFlags) },
  { name: "sandbox-monitor", version: "own", source: go("cluster", "./monitor", 2, kubernetesFlags) },
  {
    name: "longhorn-manager",
    version: longhornVersion,
    source: go(
      "cluster",
      "./longhorn",
      52,
      `-s -w -X github.com/longhorn/longhorn-manager/meta.Version=${longhornVersion}`,
    ),
  },
  {
    name: "longhorn-crds.yaml",
    version: longhornVersion,
    source: { kind: "custom-resource-definitions", module: "cluster" },
  },
  {
    name: "csi-attacher",
    version: "v4.12.0",
    source: go(
      "cluster",
      "github.com/kubernetes-csi/external-attacher/v4/cmd/csi-attacher",
      4,
      "-s -w -X main.version=v4.12.0",
    ),
  },
  {
    name: "csi-provisioner",
    version: "v6.3.0",
    source: go(
      "cluster",
      "github.com/kubernetes-csi/external-provisioner/v6/cmd/csi-provisioner",
      12,
      "-s -w -X main.version=v6.3.0",
    ),
  },
  {
    name: "csi-resizer",
    version: "v1.14.0",
    source: go(
      "cluster",
      "github.com/kubernetes-csi/external-resizer/cmd/csi-resizer",
      4,
      "-s -w -X main.version=v1.14.0",
    ),
  },
  { name: "sandbox-gateway", version: "own", source: go("gateway", ".", 45) },
  {
    name: "pulumi",
    version: pulumiVersion,
    source: {
      ...go(
        "pulumi",
        "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        234,
        `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pulumiVersion}`,
      ),
      // Omits Google's direct path to its storage, and with it all of Envoy's control plane.
      tags: "disable_grpc_modules",
    },
    onPath: {
      arguments: ["version"],
      version: /^v?(\S+)/,
      accepts: { atLeast: "v3.230.0" },
      together: ["pulumi-language-nodejs"],
    },
  },
  {
    name: "pulumi-language-nodejs",
    version: "own",
    source: go("pulumi", "./cmd/pulumi-language-nodejs", 2),
    besides: "pulumi",
  },
  {
    name: "pulumi-resource-kubernetes",
    version: kubernetesProviderVersion,
    source: go(
      "kubernetes-provider",
      ".",
      401,
      `-s -w -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${kubernetesProviderVersion}`,
    ),
    publishedPlugin: "kubernetes",
  },
  {
    name: "pulumi-resource-random",
    version: randomProviderVersion,
    source: go("random-provider", "./cmd/pulumi-resource-random", 72),
    onPath: { arguments: ["--version"], version: /^v?(\S+)/, accepts: { sameMinor: randomProviderVersion } },
    publishedPlugin: "random",
  },
  {
    name: "nft",
    version: "1.0.1 or newer",
    source: { kind: "debian", package: "nftables", program: "usr/sbin/nft" },
    onPath: { arguments: ["--version"], version: /nftables v(\S+)/, accepts: { atLeast: "1.0.1" } },
  },
];

/** All programs of the sandbox with their sources. */
export const sandboxToolchain: ToolchainDefinition = { binaries, modulesDirectory: programsDirectory, modules };
