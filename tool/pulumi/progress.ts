import type { EngineEvent } from "@pulumi/pulumi/automation";
import { table } from "../terminal/table";
import { hiddenOutput } from "./pulumi-cli";

/** Progress of an operation of the engine. */
export interface DeployProgress {
  /** Completed resources. */
  done: number;
  /** Expected resources: the count of the preview, or those that have started. */
  total: number;
  /** Resource that has been running longest, with its last status message. */
  waitingFor?: string;
}

/** State of an operation, as plain data that only `reduceEngineEvent` changes. */
export interface DeployState {
  /** Number of changes in the preview; 0 without a preview. */
  planned: number;
  /** Running resources by URN, oldest first. */
  underWay: Readonly<Record<string, ResourceUnderWay>>;
  done: readonly string[];
  /** Errors of the engine, the program and the providers, without colors. */
  errors: readonly string[];
  /** Warnings, without colors. */
  warnings: readonly string[];
}

interface ResourceUnderWay {
  label: string;
  /** Whether it is a component, which only waits for its children and is not shown as the cause of a wait. */
  component: boolean;
  status?: string;
}

export function initialDeployState(planned = 0): DeployState {
  return { planned, underWay: {}, done: [], errors: [], warnings: [] };
}

/** Returns the state after another event of the engine. */
export function reduceEngineEvent(state: DeployState, event: EngineEvent): DeployState {
  if (event.resourcePreEvent) {
    const { urn, op, type, new: after, old: before } = event.resourcePreEvent.metadata;
    if (op === "same" || isDefaultProvider(urn) || state.done.includes(urn)) return state;
    // The engine leaves `custom` out where it is false.
    const begun = { label: labelOf(urn, type), component: (after ?? before)?.custom !== true };
    return { ...state, underWay: { ...state.underWay, [urn]: begun } };
  }
  if (event.resOutputsEvent) return finished(state, event.resOutputsEvent.metadata.urn);
  if (event.resOpFailedEvent) return finished(state, event.resOpFailedEvent.metadata.urn);
  if (event.diagnosticEvent) return afterDiagnostic(state, event.diagnosticEvent);
  return state;
}

/** Returns the progress of a state. */
export function deployProgress(state: DeployState): DeployProgress {
  const underWay = Object.values(state.underWay);
  const done = state.done.length;
  const waiting = underWay.filter((resource) => !resource.component);
  const first = waiting[0];
  return {
    done,
    total: Math.max(state.planned, done + underWay.length),
    waitingFor: first && `${first.label}${first.status ? `: ${first.status}` : ""}${andMore(waiting.length - 1)}`,
  };
}

/** Returns the number of changes in a preview's summary. */
export function plannedChanges(summary: Readonly<Record<string, number | undefined>>): number {
  return Object.entries(summary).reduce((sum, [op, count]) => (op === "same" ? sum : sum + (count ?? 0)), 0);
}

function finished(state: DeployState, urn: string): DeployState {
  if (!(urn in state.underWay)) return state;
  const underWay = Object.fromEntries(Object.entries(state.underWay).filter(([other]) => other !== urn));
  return { ...state, underWay, done: [...state.done, urn] };
}

function afterDiagnostic(state: DeployState, diagnostic: NonNullable<EngineEvent["diagnosticEvent"]>): DeployState {
  const message = withoutColours(diagnostic.message).trim();
  if (message === "") return state;
  const about = diagnostic.urn ? state.underWay[diagnostic.urn] : undefined;
  if (!diagnostic.ephemeral && (diagnostic.severity === "error" || diagnostic.severity === "warning")) {
    const list = diagnostic.severity === "error" ? "errors" : "warnings";
    const text = `${diagnostic.urn ? `${labelOf(diagnostic.urn)}: ` : ""}${message}`;
    return state[list].includes(text) ? state : { ...state, [list]: [...state[list], text] };
  }
  if (!diagnostic.ephemeral || about === undefined || diagnostic.urn === undefined) return state;
  return { ...state, underWay: { ...state.underWay, [diagnostic.urn]: { ...about, status: firstLine(message) } } };
}

/** Returns a label such as `Deployment photos-gateway` from a resource's URN. */
export function labelOf(urn: string, type?: string): string {
  const parts = urn.split("::");
  const name = parts.slice(3).join("::") || urn;
  const kind = (type ?? parts[2]?.split("$").pop() ?? "").split(":").pop() ?? "";
  return kind === "" ? name : `${kind} ${name}`;
}

/** Returns whether the engine created the provider by itself, in which case its counts leave it out. */
export function isDefaultProvider(urn: string): boolean {
  return urn.includes("::pulumi:providers:") && labelOf(urn).includes(" default");
}

/** Removes colors: the engine's tags such as `<{%reset%}>`, and ANSI sequences of programs. */
export function withoutColours(text: string): string {
  return text.replace(/<\{%[^%]*%\}>|\u001b\[[0-9;]*m/g, "");
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function andMore(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}

/** Returns the progress of an operation, such as `7/11, waiting for Deployment photos-gateway`. */
export function deployProgressText({ done, total, waitingFor }: DeployProgress): string {
  return `${done}/${total}${waitingFor === undefined ? "" : `, waiting for ${waitingFor}`}`;
}

/** Returns the changes of an operation, such as `create 11, same 2`. */
export function changesText(changes: Readonly<Record<string, number>>): string {
  const counts = Object.entries(changes).map(([op, count]) => `${op} ${count}`);
  return counts.length === 0 ? "no changes" : counts.join(", ");
}

/** Returns a stack's outputs as text, one per line with nested values below. */
export function outputsText(outputs: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(outputs).flatMap(([name, value]) => rowsOf(name, value));
  if (rows.length === 0) return "The stack has no outputs.";
  const hidden = rows.some(([, value]) => value === hiddenOutput);
  return [table(rows, ""), ...(hidden ? ["Secrets are shown with --show-secrets."] : [])].join("\n");
}

function rowsOf(name: string, value: unknown): string[][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => rowsOf(`${name}.${key}`, inner));
  }
  return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
}
