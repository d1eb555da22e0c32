import * as path from "node:path";
import type { DraftConfig } from "./schema";
import { hiddenSecret } from "../../components/validation/violations";
import type { ConfigProblem } from "./problems";

/** Where the project is and where its program runs, both absolute. */
export interface ProjectDirectories {
  /** The folder with `Pulumi.yaml`: what a relative path in the configuration counts from. */
  project: string;
  /** Where the program and the providers run: what a relative path in a resource counts from. */
  working: string;
}

/** The configuration with its paths as resources need them. */
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
 * A path of the configuration as resources need it. An `oci://` URL stays as it is, and a relative path relative, so that the
 * same project on another machine has nothing to deploy because of it.
 */
export function pathForResources(configured: string, { project, working }: ProjectDirectories): string {
  if (isUrl(configured)) return configured;
  if (path.isAbsolute(configured)) return path.normalize(configured);
  const relative = path.relative(working, path.join(project, configured));
  return relative.startsWith("..") ? relative : `./${relative}`;
}

/** `oci://…`, which no folder holds. */
function isUrl(configured: string): boolean {
  return /^[a-z]+:\/\//.test(configured);
}

/** Reports whether the content of a kubeconfig stands in the place of its path. */
function isContent(kubeconfig: string): boolean {
  return /[\n\r{]|apiVersion:/.test(kubeconfig);
}

const contentOfKubeconfig: ConfigProblem = {
  path: ["cluster", "kubeconfig"],
  got: hiddenSecret,
  allowed: "the path of a kubeconfig file, not its content: everybody can read it in the stack's file",
  fixes: [{ set: [{ path: ["cluster", "kubeconfig"], value: "./kubeconfig" }] }],
};

/** Files that the configuration names and that are not there. */
export function missingFiles(
  { cluster, longhorn }: DraftConfig,
  { directories, exists }: { directories: ProjectDirectories; exists: (path: string) => boolean },
): ConfigProblem[] {
  const absolute = (file: string): string => path.resolve(directories.working, file);
  const isChart = (chart: string): boolean => exists(chart.endsWith(".tgz") ? chart : path.join(chart, "Chart.yaml"));
  const missing = (file: string, at: string[], what: string): ConfigProblem => ({
    path: at,
    got: absolute(file),
    allowed: `the path of ${what}; a relative one counts from ${directories.project}`,
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
