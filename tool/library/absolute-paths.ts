import * as path from "node:path";
import type { StackConfig } from "./inputs";

/** The configuration with paths that lead to the same files from everywhere; relative ones count from this process's folder. */
export function absolutePaths(config: StackConfig): StackConfig {
  const { cluster, longhorn } = config;
  const absolute = (file: string): string => (/^[a-z]+:\/\//.test(file) ? file : path.resolve(file));
  return {
    ...config,
    ...(cluster?.kubeconfig !== undefined && { cluster: { ...cluster, kubeconfig: absolute(cluster.kubeconfig) } }),
    ...(longhorn?.chart !== undefined && { longhorn: { ...longhorn, chart: absolute(longhorn.chart) } }),
  };
}
