import { cpSync, copyFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SandboxError } from "../errors";
import type { Layout } from "../layout";

/**
 * Returns the folder of Longhorn's chart: the real one if given, otherwise the sandbox's fixture with Longhorn's
 * CustomResourceDefinitions.
 *
 * @param given folder of the real chart
 * @param definitions file with the CustomResourceDefinitions
 * @throws SandboxError if the given folder contains no chart
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
    `LONGHORN_CHART is "${directory}", which has no Chart.yaml: set it to the folder of Longhorn's chart, or unset it to use ` +
      `the sandbox's fixture.`,
  );
}
