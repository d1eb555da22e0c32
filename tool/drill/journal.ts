import { ApiException, CoreV1Api, type KubeConfig, type V1ConfigMap } from "@kubernetes/client-node";
import { hostname, userInfo } from "node:os";
import { ExitCode, ToolError } from "../exit-codes";
import { undo, undoText, type UndoStep, type UndoTools } from "./undo";

/** Name of the ConfigMap, in the store's namespace, that says that a drill runs and what it has to put back. */
export const journalName = "longhorn-s3-drill";

/** What the ConfigMap says of the drill. */
export interface JournalHead {
  case: string;
  store: string;
  /** ISO 8601. */
  startedAt: string;
  /** Who drills, as `user@host`. */
  by: string;
}

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
  ): Promise<Journal> {
    const core = config.makeApiClient(CoreV1Api);
    const head = { ...about, startedAt: new Date().toISOString(), by: `${userInfo().username}@${hostname()}` };
    try {
      await core.createNamespacedConfigMap({ namespace, body: bodyOf(head, []) });
      return new Journal(core, namespace, head, []);
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 409)) throw error;
      await Journal.refuseOther(config, namespace);
      throw error;
    }
  }

  /** @throws ToolError where a drill runs, or was killed */
  static async refuseOther(config: KubeConfig, namespace: string): Promise<void> {
    const other = await Journal.find(config, namespace);
    if (other !== undefined) throw new ToolError(otherDrillText(namespace, other.head), ExitCode.Refused);
  }

  /** The journal of a drill that runs, or that was killed; undefined where there is none. */
  static async find(config: KubeConfig, namespace: string): Promise<Journal | undefined> {
    const core = config.makeApiClient(CoreV1Api);
    try {
      const { data = {} } = await core.readNamespacedConfigMap({ namespace, name: journalName });
      const head = JSON.parse(data["drill"] ?? "{}") as JournalHead;
      return new Journal(core, namespace, head, JSON.parse(data["undo"] ?? "[]") as UndoStep[]);
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return undefined;
      throw error;
    }
  }

  /** What has still to be put back, as sentences. */
  get open(): readonly string[] {
    return this.steps.map(undoText);
  }

  /** Writes down what will have to be put back, before it is changed. */
  async expect(...steps: readonly UndoStep[]): Promise<void> {
    await this.write([...steps, ...this.steps]);
  }

  /**
   * Puts everything back, the last change first, and goes on after what fails.
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
        reasons.push(`${undoText(step)}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    await this.write([...failed, ...kept]);
    return reasons;
  }

  /** Takes the journal away; what is still open stays with it. */
  async end(): Promise<void> {
    if (this.steps.length === 0) {
      await this.core.deleteNamespacedConfigMap({ namespace: this.namespace, name: journalName });
    }
  }

  private async write(steps: UndoStep[]): Promise<void> {
    this.steps = steps;
    const body = bodyOf(this.head, steps);
    await this.core.replaceNamespacedConfigMap({ namespace: this.namespace, name: journalName, body });
  }
}

function bodyOf(head: JournalHead, steps: readonly UndoStep[]): V1ConfigMap {
  return {
    metadata: { name: journalName, labels: { "app.kubernetes.io/managed-by": "longhorn-s3" } },
    data: { drill: JSON.stringify(head), undo: JSON.stringify(steps) },
  };
}

function otherDrillText(namespace: string, other: JournalHead): string {
  const who = ` (${other.case}, by ${other.by} since ${other.startedAt})`;
  return `In namespace ${namespace} another drill runs${who}. If it was killed, put back what it left: longhorn-s3 drill cleanup --namespace ${namespace}`;
}
