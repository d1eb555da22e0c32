import { CoreV1Api, type KubeConfig, type V1ConfigMap, type V1Deployment } from "@kubernetes/client-node";
import { isApiError, unlessAbsent } from "../cluster/kubernetes";
import { hostname, userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ExitCode, ToolError } from "../errors";
import { cleanupCommand, journalName } from "../cluster/drill-record";
import { readLonghornNamespace } from "../cluster/longhorn";
import { readGateways } from "../cluster/store/store-in-cluster";
import { decodeHead, decodeSteps, encodeJournal, type JournalHead } from "./journal-record";
import { undo, undoText, type UndoStep, type UndoTools } from "./undo";

/**
 * Changes of a drill to revert, kept in a ConfigMap. A drill that is killed leaves it for `drill cleanup`. No other drill
 * starts while it exists.
 */
export class Journal {
  private steps: UndoStep[];

  private constructor(
    private readonly core: CoreV1Api,
    private readonly namespace: string,
    readonly head: JournalHead,
    steps: readonly UndoStep[],
  ) {
    this.steps = [...steps];
  }

  /**
   * Creates the journal.
   *
   * @throws ToolError if another drill has one
   */
  static async begin(
    config: KubeConfig,
    namespace: string,
    about: Pick<JournalHead, "case" | "store">,
    reachedBy: readonly string[],
  ): Promise<Journal> {
    const core = config.makeApiClient(CoreV1Api);
    const head = { ...about, startedAt: new Date().toISOString(), by: whoami(), pid: process.pid };
    try {
      await core.createNamespacedConfigMap({ namespace, body: encodeJournal(head, []) });
      return new Journal(core, namespace, head, []);
    } catch (error) {
      if (!isApiError(error, 409)) throw error;
      await Journal.refuseOther(config, reachedBy);
      throw error;
    }
  }

  /**
   * Refuses a second drill in the cluster, because two drills could fail two nodes at once.
   *
   * @param reachedBy flags that name the cluster
   * @throws ToolError if a drill runs, or was killed, in a namespace with a store: a ConfigMap in any other namespace is not a
   * journal
   */
  static async refuseOther(config: KubeConfig, reachedBy: readonly string[]): Promise<void> {
    const core = config.makeApiClient(CoreV1Api);
    const [{ items }, gateways] = await Promise.all([
      core.listConfigMapForAllNamespaces({ fieldSelector: `metadata.name=${journalName}` }),
      readGateways(config),
    ]);
    const other = otherJournal(items, gateways);
    if (other === undefined) return;
    const { namespace = "" } = other.metadata ?? {};
    throw new ToolError(otherDrillText(namespace, decodeHead(other), reachedBy), ExitCode.Refused);
  }

  /**
   * Returns the journal of a drill that runs or was killed; undefined if there is none.
   *
   * @throws ToolError if a drill could not have recorded it
   */
  static async find(config: KubeConfig, namespace: string): Promise<Journal | undefined> {
    const core = config.makeApiClient(CoreV1Api);
    const map = await unlessAbsent(core.readNamespacedConfigMap({ namespace, name: journalName }));
    if (map === undefined) return undefined;
    const head = decodeHead(map);
    return new Journal(core, namespace, head, decodeSteps(map, head, await readLonghornNamespace(config)));
  }

  /** Returns the changes that are not reverted yet, as sentences. */
  get open(): readonly string[] {
    return this.steps.map(undoText);
  }

  /** Records steps before their changes are made, in this order and ahead of the existing ones. */
  async expect(...steps: readonly UndoStep[]): Promise<void> {
    await this.write([...steps, ...this.steps]);
  }

  /**
   * Reverts all changes, the last recorded one first, and continues after a failure.
   *
   * @param keep selects the steps to leave for later
   * @returns the failures, as sentences
   */
  async putBack(tools: UndoTools, keep: (step: UndoStep) => boolean = () => false): Promise<string[]> {
    const failed: UndoStep[] = [];
    const reasons: string[] = [];
    const kept = this.steps.filter(keep);
    for (const step of this.steps.filter((one) => !keep(one))) {
      try {
        await undo(step, tools);
      } catch (error) {
        failed.push(step);
        reasons.push(`${undoText(step)}: ${inOneLine(error instanceof Error ? error.message : String(error))}`);
      }
    }
    await this.write([...failed, ...kept]);
    return reasons;
  }

  /**
   * Refuses to continue while the drill runs.
   *
   * @throws ToolError if the drill's process runs on this machine; one on another machine cannot be checked
   */
  refuseWhileItRuns(): void {
    const { by, pid } = this.head;
    if (by !== whoami() || !isAlive(pid)) return;
    const message = `The drill is still running as process ${pid}: interrupt it with Ctrl-C or kill -INT ${pid}, and it reverts all changes itself.`;
    throw new ToolError(message, ExitCode.Refused);
  }

  /** Deletes the journal if nothing is left to revert. */
  async end(): Promise<void> {
    if (this.steps.length === 0) {
      await patiently(() => this.core.deleteNamespacedConfigMap({ namespace: this.namespace, name: journalName }));
    }
  }

  private async write(steps: UndoStep[]): Promise<void> {
    this.steps = steps;
    const body = encodeJournal(this.head, steps);
    await patiently(() => this.core.replaceNamespacedConfigMap({ namespace: this.namespace, name: journalName, body }));
  }
}

/** Joins the lines of a refusal, which is part of a sentence here. */
function inOneLine(message: string): string {
  return message.replace(/\s*\n\s*(- )?/g, " ");
}

const tries = 10;
const betweenMs = 3_000;

/** Retries for half a minute, because an unavailable API server must not lose a record. */
async function patiently(write: () => Promise<unknown>): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      await write();
      return;
    } catch (error) {
      const isGone = isApiError(error, 404);
      if (isGone || left <= 1) throw error;
      await sleep(betweenMs);
    }
  }
}

function whoami(): string {
  return `${userInfo().username}@${hostname()}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Returns the first ConfigMap that is the journal of a store. Any tenant may create one of that name in another namespace. */
export function otherJournal(
  maps: readonly V1ConfigMap[],
  gateways: readonly Pick<V1Deployment, "metadata">[],
): V1ConfigMap | undefined {
  const ofStores = new Set(gateways.map(({ metadata }) => metadata?.namespace));
  return maps.find(({ metadata }) => ofStores.has(metadata?.namespace));
}

function otherDrillText(namespace: string, other: JournalHead, reachedBy: readonly string[]): string {
  return (
    `In namespace ${namespace} another drill runs (${other.case}, by ${other.by} since ${other.startedAt}). If it was killed, revert ` +
    `its changes: ${cleanupCommand(reachedBy, namespace, other.store)}`
  );
}
