import type { EngineEvent } from "@pulumi/pulumi/automation";

/** Progress of an operation of the engine. */
export interface DeployProgress {
  /** Number of completed resources. */
  done: number;
  /** Total number of resources, as far as known: from the preview, or those started so far. */
  total: number;
  /** Resource in progress for the longest time, with its last status message. */
  waitingFor?: string;
}

/** State derived from the engine's events; plain data, only changed by `reduceEngineEvent`. */
export interface DeployState {
  /** Number of changes according to the preview; 0 without one. */
  planned: number;
  /** Resources in progress by URN, oldest first. */
  underWay: Readonly<Record<string, ResourceUnderWay>>;
  done: readonly string[];
  /** Errors of the engine, the program and the providers, without colors. */
  errors: readonly string[];
  /** Warnings of the engine, the program and the providers, without colors. */
  warnings: readonly string[];
}

interface ResourceUnderWay {
  label: string;
  /** Whether it is a component, which only waits for its children. */
  component: boolean;
  status?: string;
}

export function initialDeployState(planned = 0): DeployState {
  return { planned, underWay: {}, done: [], errors: [], warnings: [] };
}

/** Returns the state after an event of the engine. */
export function reduceEngineEvent(state: DeployState, event: EngineEvent): DeployState {
  if (event.resourcePreEvent) {
    const { urn, op, type, new: after, old: before } = event.resourcePreEvent.metadata;
    if (op === "same" || isDefaultProvider(urn) || state.done.includes(urn)) return state;
    // The engine omits `custom` if it is false.
    const begun = { label: labelOf(urn, type), component: (after ?? before)?.custom !== true };
    return { ...state, underWay: { ...state.underWay, [urn]: begun } };
  }
  if (event.resOutputsEvent) return finished(state, event.resOutputsEvent.metadata.urn);
  if (event.resOpFailedEvent) return finished(state, event.resOpFailedEvent.metadata.urn);
  if (event.diagnosticEvent) return afterDiagnostic(state, event.diagnosticEvent);
  return state;
}

/** Returns the progress for people. */
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

/** Extracts `Deployment photos-gateway` from a resource's URN. */
export function labelOf(urn: string, type?: string): string {
  const parts = urn.split("::");
  const name = parts.slice(3).join("::") || urn;
  const kind = (type ?? parts[2]?.split("$").pop() ?? "").split(":").pop() ?? "";
  return kind === "" ? name : `${kind} ${name}`;
}

/** Reports whether a URN is that of a default provider, which the engine creates itself and does not count. */
export function isDefaultProvider(urn: string): boolean {
  return urn.includes("::pulumi:providers:") && labelOf(urn).includes(" default");
}

/** Removes colors. The engine writes them as `<{%reset%}>`, programs as ANSI sequences. */
export function withoutColours(text: string): string {
  return text.replace(/<\{%[^%]*%\}>|\u001b\[[0-9;]*m/g, "");
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function andMore(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}
