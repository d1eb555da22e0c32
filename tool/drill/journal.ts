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
 * What a drill has to put back, kept in the cluster: a drill that is killed leaves it for `drill cleanup`, and while it is there no
 * other drill begins.
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

  /** @throws ToolError where another drill has one */
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
   * Two drills at once could take two nodes of one cluster away.
   *
   * @param reachedBy how the command line names the cluster
   * @throws ToolError if a drill runs, or was killed, in a namespace with a store: a ConfigMap in any other namespace is no journal
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
   * The journal of a drill that runs, or that was killed; undefined if there is none.
   *
   * @throws ToolError if it has what no drill records
   */
  static async find(config: KubeConfig, namespace: string): Promise<Journal | undefined> {
    const core = config.makeApiClient(CoreV1Api);
    const map = await unlessAbsent(core.readNamespacedConfigMap({ namespace, name: journalName }));
    if (map === undefined) return undefined;
    const head = decodeHead(map);
    return new Journal(core, namespace, head, decodeSteps(map, head, await readLonghornNamespace(config)));
  }

  /** What has still to be put back, as sentences. */
  get open(): readonly string[] {
    return this.steps.map(undoText);
  }

  /** Writes down what will have to be put back, in that order and before what is written down already; nothing of it is changed yet. */
  async expect(...steps: readonly UndoStep[]): Promise<void> {
    await this.write([...steps, ...this.steps]);
  }

  /**
   * Puts everything back, what was written down last first, and goes on after what fails.
   *
   * @param keep what is left for later
   * @returns what failed, as sentences
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

  /** @throws ToolError where the drill's process is alive; that of another machine cannot be seen */
  refuseWhileItRuns(): void {
    const { by, pid } = this.head;
    if (by !== whoami() || !isAlive(pid)) return;
    const message = `The drill still runs, as process ${pid}: interrupt it with Ctrl-C or kill -INT ${pid}, and it puts everything back itself.`;
    throw new ToolError(message, ExitCode.Refused);
  }

  /** Takes the journal away; what is still open stays with it. */
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

/** A refusal is a list; here it is a part of a sentence. */
function inOneLine(message: string): string {
  return message.replace(/\s*\n\s*(- )?/g, " ");
}

const tries = 10;
const betweenMs = 3_000;

/** An API server that is away for half a minute must not cost what is written down. */
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

/** The first ConfigMap that is the journal of a store: any tenant may create one of that name in a namespace of its own. */
export function otherJournal(
  maps: readonly V1ConfigMap[],
  gateways: readonly Pick<V1Deployment, "metadata">[],
): V1ConfigMap | undefined {
  const ofStores = new Set(gateways.map(({ metadata }) => metadata?.namespace));
  return maps.find(({ metadata }) => ofStores.has(metadata?.namespace));
}

function otherDrillText(namespace: string, other: JournalHead, reachedBy: readonly string[]): string {
  return (
    `In namespace ${namespace} another drill runs (${other.case}, by ${other.by} since ${other.startedAt}). If it was killed, put back ` +
    `what it left: ${cleanupCommand(reachedBy, namespace, other.store)}`
  );
}
