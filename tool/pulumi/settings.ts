import type { StackSettings } from "@pulumi/pulumi/automation";

/** What only a running cluster knows. */
export interface RuntimeValues {
  /** Path of the kubeconfig file. */
  kubeconfig: string;
  context: string;
  /** Path of Longhorn's chart. */
  chart: string;
}

/**
 * The stack's settings of the repository with the runtime values put in. What the repository says about the same keys stays,
 * except for these values.
 */
export function withRuntimeValues(settings: StackSettings, project: string, values: RuntimeValues): StackSettings {
  const config = settings.config ?? {};
  const cluster = `${project}:cluster`;
  const longhorn = `${project}:longhorn`;
  return {
    ...settings,
    config: {
      ...config,
      [cluster]: { ...asObject(config[cluster]), kubeconfig: values.kubeconfig, context: values.context },
      [longhorn]: { ...asObject(config[longhorn]), chart: values.chart },
    },
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
