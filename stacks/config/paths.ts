import * as path from "node:path";
import type { DraftConfig } from "./schema";
import { hiddenSecret } from "../../components/validation/violations";
import type { ConfigProblem } from "./problems";

/** Absolute paths of the project and of its program. */
export interface ProjectDirectories {
  /** Folder of `Pulumi.yaml`. Relative paths in the configuration are resolved against it. */
  project: string;
  /** Working directory of the program and the providers. Relative paths in resources are resolved against it. */
  working: string;
}

/** Returns the configuration with its paths converted for resources. */
export function withPathsForResources(config: DraftConfig, directories: ProjectDirectories): DraftConfig {
  const { cluster, longhorn } = config;
  const resolved = (configured?: string) =>
    configured === undefined ? undefined : pathForResources(configured, directories);
  return {
    ...config,
    ...(cluster && { cluster: { ...cluster, kubeconfig: resolved(cluster.kubeconfig) } }),
    ...(longhorn && { longhorn: { ...longhorn, chart: resolved(longhorn.chart) } }),
  };
}

/**
 * Converts a path of the configuration for resources. An `oci://` URL stays unchanged. A relative path stays relative, so that
 * the project causes no changes when it is deployed from another machine.
 */
export function pathForResources(configured: string, { project, working }: ProjectDirectories): string {
  if (isUrl(configured)) return configured;
  if (path.isAbsolute(configured)) return path.normalize(configured);
  const relative = path.relative(working, path.join(project, configured));
  return relative.startsWith("..") ? relative : `./${relative}`;
}

/** Reports whether a path is a URL, such as `oci://…`. */
function isUrl(configured: string): boolean {
  return /^[a-z]+:\/\//.test(configured);
}

/** Reports whether a value is the content of a kubeconfig instead of its path. */
function isContent(kubeconfig: string): boolean {
  return /[\n\r{]|apiVersion:/.test(kubeconfig);
}

const contentOfKubeconfig: ConfigProblem = {
  path: ["cluster", "kubeconfig"],
  got: hiddenSecret,
  allowed: "the path of a kubeconfig file, not its content, which is in plain text in the stack file",
  fixes: [{ set: [{ path: ["cluster", "kubeconfig"], value: "./kubeconfig" }] }],
};

/** Returns problems for files in the configuration that do not exist. */
export function missingFiles(
  { cluster, longhorn }: DraftConfig,
  { directories, exists }: { directories: ProjectDirectories; exists: (path: string) => boolean },
): ConfigProblem[] {
  const absolute = (file: string): string => path.resolve(directories.working, file);
  const isChart = (chart: string): boolean => exists(chart.endsWith(".tgz") ? chart : path.join(chart, "Chart.yaml"));
  const missing = (file: string, at: string[], what: string): ConfigProblem => ({
    path: at,
    got: absolute(file),
    allowed: `the path of ${what}; a relative path is resolved against ${directories.project}`,
    fixes: [{ remove: [at] }],
  });
  const kubeconfigProblems = (file: string): ConfigProblem[] => {
    if (isContent(file)) return [contentOfKubeconfig];
    return exists(absolute(file)) ? [] : [missing(file, ["cluster", "kubeconfig"], "a kubeconfig file")];
  };
  const { chart } = longhorn ?? {};
  const { kubeconfig } = cluster ?? {};
  return [
    ...(chart === undefined || isUrl(chart) || isChart(absolute(chart))
      ? []
      : [missing(chart, ["longhorn", "chart"], "a folder with Chart.yaml, or of a .tgz")]),
    ...(kubeconfig === undefined ? [] : kubeconfigProblems(kubeconfig)),
  ];
}
