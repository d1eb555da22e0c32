import type { EngineEvent } from "@pulumi/pulumi/automation";

/** How far an operation of the engine has come. */
export interface DeployProgress {
  /** Resources that the operation is done with. */
  done: number;
  /** Resources that it will have to do with, as far as known: what the preview counted, or what has begun. */
  total: number;
  /** The resource that has been under way the longest, with its last status message. */
  waitingFor?: string;
}

/** What the engine's events have said so far; plain data, changed by `reduceEngineEvent` only. */
export interface DeployState {
  /** Number of resources that change, from a preview; 0 when there was none. */
  planned: number;
  /** URN → resource under way, oldest first. */
  underWay: Readonly<Record<string, ResourceUnderWay>>;
  done: readonly string[];
  /** Errors as the engine, the program and the providers put them, without colours. */
  errors: readonly string[];
  /** Warnings likewise. */
  warnings: readonly string[];
}

interface ResourceUnderWay {
  label: string;
  /** Components only wait for their children and are never what is being waited for. */
  component: boolean;
  status?: string;
}

export function initialDeployState(planned = 0): DeployState {
  return { planned, underWay: {}, done: [], errors: [], warnings: [] };
}

/** The state after one more event of the engine. */
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

/** The state in the three figures that a person follows. */
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

/** The number of resources that a preview's summary says will change. */
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

/** `Deployment photos-gateway` out of a resource's URN. */
export function labelOf(urn: string, type?: string): string {
  const parts = urn.split("::");
  const name = parts.slice(3).join("::") || urn;
  const kind = (type ?? parts[2]?.split("$").pop() ?? "").split(":").pop() ?? "";
  return kind === "" ? name : `${kind} ${name}`;
}

/** The engine makes these by itself and leaves them out of its own counts. */
export function isDefaultProvider(urn: string): boolean {
  return urn.includes("::pulumi:providers:") && labelOf(urn).includes(" default");
}

/** The engine marks colours as `<{%reset%}>`, programs as ANSI sequences. */
export function withoutColours(text: string): string {
  return text.replace(/<\{%[^%]*%\}>|\u001b\[[0-9;]*m/g, "");
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function andMore(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}
