import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation";
import { ExitCode, throwIfInterrupted, ToolError } from "../exit-codes";
import { deployProgress, initialDeployState, plannedChanges, reduceEngineEvent, type DeployProgress } from "./progress";
import { redact } from "./redact";
import { prepareStack, type DeploymentOptions } from "./workspace";

export type { DeploymentOptions } from "./workspace";

/** How an operation reports and is interrupted. */
export interface OperationOptions {
  onProgress?: (progress: DeployProgress) => void;
  signal?: AbortSignal;
}

/** What a preview or an update did, as counts of the engine's own operations (`create`, `update`, `same`, …). */
export interface OperationSummary {
  changes: Record<string, number>;
  /** What the program and the providers warned about. */
  warnings: readonly string[];
  seconds: number;
}

/** The repository's program as one stack. */
export interface Deployment {
  preview(options?: OperationOptions): Promise<OperationSummary>;
  up(options?: OperationOptions): Promise<OperationSummary>;
  refresh(options?: OperationOptions): Promise<OperationSummary>;
  destroy(options?: OperationOptions): Promise<OperationSummary>;
  /** The stack's outputs by name, secrets in the clear; for `parseStackOutputs`. */
  outputs(): Promise<Record<string, unknown>>;
  readonly settingsFile: string;
  readonly shellEnvironment: Readonly<Record<string, string>>;
}

/** Opens the stack; it is created when it does not exist. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { stack, settingsFile, shellEnvironment, passphrase } = await prepareStack(options);
  const secrets = [passphrase];
  let planned = 0;

  const operate = async (
    name: string,
    run: (shared: EngineOptions) => Promise<Changes>,
    options?: OperationOptions,
  ) => {
    throwIfInterrupted(options?.signal);
    const begin = Date.now();
    let state = initialDeployState(planned);
    const onEvent = (event: EngineEvent): void => {
      state = reduceEngineEvent(state, event);
      options?.onProgress?.(deployProgress(state));
    };
    const interrupt = followedBy(options?.signal);
    try {
      const shared = { onEvent, signal: interrupt.signal, configFile: settingsFile, ...quiet };
      const changes = await run(shared);
      return {
        changes,
        warnings: state.warnings.map((text) => redact(text, secrets)),
        seconds: (Date.now() - begin) / 1000,
      };
    } catch (error) {
      throwIfInterrupted(options?.signal);
      throw new ToolError(redact(explain(name, state.errors, error), secrets), ExitCode.FellShort);
    } finally {
      interrupt.release();
    }
  };

  return {
    settingsFile,
    shellEnvironment,
    async preview(options) {
      const summary = await operate("preview", async (shared) => (await stack.preview(shared)).changeSummary, options);
      planned = plannedChanges(summary.changes);
      return summary;
    },
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
  };
}

type Changes = Record<string, number>;

interface EngineOptions {
  onEvent: (event: EngineEvent) => void;
  signal: AbortSignal;
  configFile: string;
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

/** What the engine said went wrong; the CLI's whole output only where it said nothing. */
function explain(operation: string, errors: readonly string[], error: unknown): string {
  const said = errors.length > 0 ? errors : [error instanceof Error ? error.message : String(error)];
  const text = said.flatMap((message) => message.split("\n")).filter((line) => !isStackFrame(line));
  return `pulumi ${operation} failed:\n${text.map((line) => `  ${line}`).join("\n")}`;
}

/** A line that says where in the sources a program stopped: of no use to who runs it. */
function isStackFrame(line: string): boolean {
  return /^\s+at /.test(line);
}
