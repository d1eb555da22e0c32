import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { CoreV1Api } from "@kubernetes/client-node";
import { resultsName } from "../../tool/cluster/drill-record";
import type { DrillCase } from "../../tool/drill/cases";
import { drill, type DrillOptions } from "../../tool/drill/drill";
import type { DrillReport } from "../../tool/drill/report";
import { sandboxTarget, type DrillTarget } from "../../tool/drill/target";
import { scaledToZero } from "../../tool/features/scale/scale-to-zero";
import { repositoryDirectory } from "../../tool/repository";
import { silent } from "../../tool/terminal/progress";
import { eventually } from "../../testbed/eventually";
import type { DeployedSandbox } from "../../testbed/sandboxes";
import { deployTwoStores } from "../../testbed/watched-stores";

/** Two stores on a sandbox, and drills on them. */
export class DrilledStores {
  private constructor(
    readonly stack: DeployedSandbox,
    readonly core: CoreV1Api,
    /** Moves by itself when its node dies. */
    readonly photos: DrillTarget,
    /** Stays with its node. */
    readonly archive: DrillTarget,
  ) {}

  static async deployOn(stack: DeployedSandbox): Promise<DrilledStores> {
    await deployTwoStores(stack);
    return DrilledStores.on(stack);
  }

  /** Uses the two stores that are deployed already. */
  static async on(stack: DeployedSandbox): Promise<DrilledStores> {
    const photos = await sandboxTarget(stack.sandbox, { namespace: "photos" });
    const archive = await sandboxTarget(stack.sandbox, { namespace: "archive" });
    return new DrilledStores(stack, archive.config.makeApiClient(CoreV1Api), photos, archive);
  }

  remove(): Promise<void> {
    return this.stack.remove();
  }

  drill(target: DrillTarget, drillCase: DrillCase, options: Partial<DrillOptions> = {}): Promise<DrillReport> {
    return drill({
      ...{ case: drillCase, target, repeat: 1, criteria: [], putsPerSecond: 10, kills: 2, awaySeconds: 25 },
      ...{ productionAllowed: false, directory: join(this.stack.sandbox.directory, "drills"), progress: silent },
      signal: new AbortController().signal,
      ...options,
    });
  }

  /** Waits until a pod of a store serves. */
  async served({ store }: DrillTarget): Promise<void> {
    await eventually("a gateway", async () => (await this.stack.cluster.endpointsOf(store))[0]);
  }

  /** Leftovers of drills in the cluster. */
  async leftBehind(): Promise<string[]> {
    const [{ items: nodes }, maps, atZero] = await Promise.all([
      this.core.listNode(),
      this.core.listConfigMapForAllNamespaces({ labelSelector: "app.kubernetes.io/managed-by=longhorn-s3" }),
      scaledToZero(this.archive.config),
    ]);
    return [
      ...nodes.flatMap(({ metadata, spec }) => (spec?.unschedulable ? [`cordoned: ${metadata?.name ?? ""}`] : [])),
      ...nodes.flatMap(({ spec }) => spec?.taints?.map(({ key }) => key) ?? []),
      ...nodes.flatMap(({ metadata }) =>
        Object.keys(metadata?.annotations ?? {}).filter((key) => key.startsWith("longhorn-s3/")),
      ),
      ...maps.items
        .filter(({ metadata }) => metadata?.name !== resultsName) // which is left on purpose
        .map(({ metadata }) => `ConfigMap in ${metadata?.namespace ?? ""}`),
      ...atZero.map(({ namespace }) => `0 replicas in ${namespace}`),
    ];
  }
}

/** Runs the command `longhorn-s3` and returns its standard output. */
export async function cli(...args: string[]): Promise<string> {
  const child = spawn("node", [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...args]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "exit");
  return output;
}
