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
import { faultsSaid } from "../diagnosis/from-messages";
import { faultsSeen } from "../diagnosis/from-cluster";
import { within } from "../waiting";
import { withoutFrames, wordsOfCli } from "./pulumi-cli";
import { readStackPlaces } from "./stack-places";

/** Options to follow and cancel an operation. */
export interface OperationOptions {
  onProgress?: (progress: DeployProgress) => void;
  /** Called with every event of the engine. */
  onEvent?: (event: EngineEvent) => void;
  signal?: AbortSignal;
}

/** Result of a preview or an update, as counts of the engine's operations (`create`, `update`, `same`, …). */
export interface OperationSummary {
  changes: Record<string, number>;
  /** Warnings of the program and the providers. */
  warnings: readonly string[];
  seconds: number;
}

/** Operations on a stack. The error of a failed operation has its cause and the fix. */
export interface StackOperations {
  preview(options?: OperationOptions): Promise<OperationSummary>;
  /** Returns the changes that a refresh would make to the state. */
  previewRefresh(options?: OperationOptions): Promise<OperationSummary>;
  previewDestroy(options?: OperationOptions): Promise<OperationSummary>;
  up(options?: OperationOptions): Promise<OperationSummary>;
  refresh(options?: OperationOptions): Promise<OperationSummary>;
  destroy(options?: OperationOptions): Promise<OperationSummary>;
  /** Returns the stack's outputs by name, with secrets in plain text, for `parseStackOutputs`. */
  outputs(): Promise<Record<string, unknown>>;
  /** Returns the stack's state as `pulumi stack export` prints it, with secrets in plain text. */
  exported(): Promise<unknown>;
}

/** Stack for operations. */
export interface OpenedStack {
  stack: Stack;
  /** Folder of `Pulumi.yaml` as given by the user; absent for a temporary project. */
  directory?: string;
  /** Settings of this stack. If absent, those next to `Pulumi.yaml`. */
  settingsFile?: string;
  /** Texts that must never be in a message. */
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

/** Returns a new signal for each operation, because the Automation API never removes its listeners. */
function followedBy(signal: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  signal?.addEventListener("abort", abort);
  return { signal: controller.signal, release: () => signal?.removeEventListener("abort", abort) };
}

/** Explanation of a failed operation. */
interface Explanation {
  /** Messages of the engine, or of the CLI if the engine had not started. */
  said: readonly string[];
  /** Faults in these messages and in the cluster. */
  faults: readonly Fault[];
}

/** Time limit of the diagnosis of the cluster. */
const lookSeconds = 15;

/** Faults that need no diagnosis of the cluster, because it is unreachable or was not involved. */
const elsewhere = /^(backend-|passphrase-|stack-|state-|cluster-|credentials-)/;

/** Explains the failure of an operation on a stack. */
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

/** Returns the faults in the cluster; empty if it is unreachable. */
async function look(stack: Stack, directory?: string): Promise<Fault[]> {
  try {
    const { connection, namespaces } = readStackPlaces(await stack.exportStack());
    const facts = await within(lookSeconds, readCluster(kubeConfigOf(connection), namespaces));
    return faultsSeen(facts, stack.name, directory);
  } catch {
    return [];
  }
}

/** Placeholder for a secret in a text. */
const redacted = "[secret]";

/** Returns `text` without any of `secrets`, also in base64, as in Kubernetes' Secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64")])
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
}
