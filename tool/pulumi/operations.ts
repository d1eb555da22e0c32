import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation";
import { faultError, withoutRepetition, type Fault } from "../diagnosis/fault";
import { throwIfInterrupted } from "../errors";
import { EngineEvents } from "./engine-events";
import {
  deployProgress,
  initialDeployState,
  plannedChanges,
  reduceEngineEvent,
  type DeployProgress,
  type DeployState,
} from "./progress";
import { kubeConfigOf } from "../cluster/connection";
import { readCluster } from "../diagnosis/read-cluster";
import { faultsSaid } from "../diagnosis/said";
import { faultsSeen } from "../diagnosis/seen";
import { within } from "../waiting";
import { withoutFrames, wordsOfCli } from "./pulumi-cli";
import { readStackPlaces } from "./stack-places";

/** How an operation reports and is interrupted. */
export interface OperationOptions {
  onProgress?: (progress: DeployProgress) => void;
  /** Every event of the engine as it comes. */
  onEvent?: (event: EngineEvent) => void;
  signal?: AbortSignal;
}

/** What a preview or an update did, as counts of the engine's own operations (`create`, `update`, `same`, …). */
export interface OperationSummary {
  changes: Record<string, number>;
  /** What the program and the providers warned about. */
  warnings: readonly string[];
  seconds: number;
}

/** What can be done with a stack. An operation that fails says what is wrong and what to do. */
export interface StackOperations {
  preview(options?: OperationOptions): Promise<OperationSummary>;
  /** What a refresh would change in the state. */
  previewRefresh(options?: OperationOptions): Promise<OperationSummary>;
  previewDestroy(options?: OperationOptions): Promise<OperationSummary>;
  up(options?: OperationOptions): Promise<OperationSummary>;
  refresh(options?: OperationOptions): Promise<OperationSummary>;
  destroy(options?: OperationOptions): Promise<OperationSummary>;
  /** The stack's outputs by name, secrets in the clear; for `parseStackOutputs`. */
  outputs(): Promise<Record<string, unknown>>;
  /** The stack's state as `pulumi stack export` prints it, secrets in the clear. */
  exported(): Promise<unknown>;
}

/** A stack that operations run on. */
export interface OpenedStack {
  stack: Stack;
  /** The folder of `Pulumi.yaml` as its user names it; absent of a project that is made for an operation. */
  directory?: string;
  /** The settings of this stack; those beside `Pulumi.yaml` when absent. */
  settingsFile?: string;
  /** What must never be in a message. */
  secrets: readonly string[];
}

export function operationsOn({ stack, directory, settingsFile, secrets }: OpenedStack): StackOperations {
  let planned = 0;

  const operate = async (
    name: string,
    run: (shared: EngineOptions) => Promise<Changes>,
    options?: OperationOptions,
  ) => {
    throwIfInterrupted(options?.signal);
    const begin = Date.now();
    let state = initialDeployState(planned);
    const events = new EngineEvents((event) => {
      state = reduceEngineEvent(state, event);
      options?.onProgress?.(deployProgress(state));
      options?.onEvent?.(event);
    });
    const interrupt = followedBy(options?.signal);
    try {
      const shared = { onEvent: events.read, signal: interrupt.signal, configFile: settingsFile, ...quiet };
      const changes = await run(shared);
      events.throwIfFailed();
      return {
        changes,
        warnings: state.warnings.map((text) => redact(text, secrets)),
        seconds: (Date.now() - begin) / 1000,
      };
    } catch (error) {
      throwIfInterrupted(options?.signal);
      const { said, faults } = await explain({ stack, directory }, state, error);
      throw faultError(
        `pulumi ${name} failed`,
        said.map((line) => redact(line, secrets)),
        faults.map((fault) => ({ ...fault, sentence: redact(fault.sentence, secrets) })),
      );
    } finally {
      interrupt.release();
    }
  };

  const preview = async (
    name: string,
    run: (shared: EngineOptions) => ReturnType<Stack["preview"]>,
    options?: OperationOptions,
  ): Promise<OperationSummary> => {
    const summary = await operate(name, async (shared) => (await run(shared)).changeSummary, options);
    planned = plannedChanges(summary.changes);
    return summary;
  };

  return {
    preview: (options) => preview("preview", (shared) => stack.preview(shared), options),
    previewRefresh: (options) => preview("refresh", (shared) => stack.previewRefresh(shared), options),
    previewDestroy: (options) => preview("destroy", (shared) => stack.previewDestroy(shared), options),
    up: (options) =>
      // showSecrets would make the CLI read, and rewrite, the settings file beside Pulumi.yaml.
      operate("up", async (shared) => changesOf(await stack.up({ ...shared, showSecrets: false })), options),
    refresh: (options) =>
      operate("refresh", async (shared) => changesOf(await stack.refresh({ ...shared, showSecrets: false })), options),
    destroy: (options) =>
      operate("destroy", async (shared) => changesOf(await stack.destroy({ ...shared, showSecrets: false })), options),
    async outputs() {
      const outputs = await stack.outputs();
      return plainOutputs(outputs);
    },
    exported: () => stack.exportStack(),
  };
}

type Changes = Record<string, number>;

interface EngineOptions {
  onEvent: (event: EngineEvent) => void;
  signal: AbortSignal;
  configFile: string | undefined;
  color: "never";
  suppressProgress: boolean;
  suppressOutputs: boolean;
}

const quiet = { color: "never", suppressProgress: true, suppressOutputs: true } as const;

function changesOf(result: Awaited<ReturnType<Stack["up" | "refresh" | "destroy"]>>): Changes {
  return { ...result.summary.resourceChanges };
}

function plainOutputs(outputs: OutputMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.value as unknown]));
}

/** A signal of its own for each operation: the Automation API never takes its listeners off the one that it is given. */
function followedBy(signal: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  signal?.addEventListener("abort", abort);
  return { signal: controller.signal, release: () => signal?.removeEventListener("abort", abort) };
}

/** Why an operation failed. */
interface Explanation {
  /** The lines of the engine, or of the CLI where the engine had not begun. */
  said: readonly string[];
  /** What they mean, and what the cluster says besides. */
  faults: readonly Fault[];
}

/** A cluster that does not answer by then has nothing to say. */
const lookSeconds = 15;

/** Faults for which nobody has to look at the cluster: either it cannot be asked, or it was never asked. */
const elsewhere = /^(backend-|passphrase-|stack-|state-|cluster-|credentials-)/;

/** Finds out why an operation on a stack failed. */
async function explain(
  { stack, directory }: { stack: Stack; directory?: string },
  state: DeployState,
  error: unknown,
): Promise<Explanation> {
  const hasSaid = state.errors.length > 0;
  const messages = hasSaid ? state.errors : [wordsOfCli(error instanceof Error ? error.message : String(error))];
  const faults = faultsSaid([...messages, ...(hasSaid ? state.warnings : [])], stack.name, directory);
  const seen = faults.some(({ kind }) => elsewhere.test(kind)) ? [] : await look(stack, directory);
  // What the cluster shows names the object; what was said of the same kind names Pulumi's resource.
  const said = faults.filter(({ kind }) => !seen.some((fault) => fault.kind === kind));
  return { said: messages.flatMap(withoutFrames), faults: withoutRepetition([...said, ...seen]) };
}

/** What the cluster shows. That it cannot be asked is no news beside the failure itself. */
async function look(stack: Stack, directory?: string): Promise<Fault[]> {
  try {
    const { connection, namespaces } = readStackPlaces(await stack.exportStack());
    const facts = await within(lookSeconds, readCluster(kubeConfigOf(connection), namespaces));
    return faultsSeen(facts, stack.name, directory);
  } catch {
    return [];
  }
}

/** What stands in a text where a secret stood. */
const redacted = "[secret]";

/** `text` with every occurrence of every one of `secrets` taken out, also in base64, as Kubernetes writes Secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64")])
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
}
