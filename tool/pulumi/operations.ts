import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation";
import { faultError } from "../diagnosis/fault-error";
import { throwIfInterrupted } from "../errors";
import { EngineEvents } from "./engine-events";
import { explain } from "./explain";
import { deployProgress, initialDeployState, plannedChanges, reduceEngineEvent, type DeployProgress } from "./progress";
import { redact } from "./redact";

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
