import { cpSync, copyFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SandboxError } from "../errors";
import type { Layout } from "../layout";

/**
 * Longhorn's chart for a sandbox: the real one where its folder is given, else the sandbox's own fixture, completed with
 * Longhorn's CustomResourceDefinitions.
 * @param given folder of the real chart
 * @param definitions file with the CustomResourceDefinitions
 * @returns the chart's folder
 * @throws SandboxError where the given folder holds no chart
 */
export function prepareChart(layout: Layout, definitions: string, given: string | undefined): string {
  if (given !== undefined && given !== "") return realChart(resolve(given));
  cpSync(join(__dirname, "..", "chart"), layout.chart, { recursive: true });
  copyFileSync(definitions, join(layout.chart, "templates", "crds.yaml"));
  return layout.chart;
}

function realChart(directory: string): string {
  if (existsSync(join(directory, "Chart.yaml"))) return directory;
  throw new SandboxError(
    `LONGHORN_CHART is "${directory}", where there is no Chart.yaml: name the folder of Longhorn's chart, or unset it to use ` +
      `the sandbox's own.`,
  );
}
