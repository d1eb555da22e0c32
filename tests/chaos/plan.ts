import type { ObjectKind } from "../../testbed/cluster-objects";
import { draw, drawOne } from "./draw";

/** What is deployed: one store on a Longhorn that stays, or Longhorn and a store together. */
export type Scope = "store" | "stack";

/** The operation that is interrupted: `up` from nothing, `up` after a change, `destroy`. */
export type Phase = "create" | "update" | "destroy";

/** What an update changes. */
export type Change = "tolerationSeconds" | "image" | "size" | "allowUninstall";

/** What is killed. The engine runs in the process of the CLI. */
export type Victim = "cli" | "language-host" | "program" | "kubernetes-provider" | "random-provider" | "api-server";

/**
 * When the victim is killed: after a part of the usual duration of the operation (0 is its begin, 1 its end), or when the API
 * server tells that an object has been made, or deleted by `destroy`: then Pulumi does not know it yet.
 */
export type Moment = { fraction: number } | { seen: ObjectKind };

/** One interruption, decided before anything runs. */
export interface PlannedRun {
  /** Counts from 1. */
  number: number;
  seed: number;
  scope: Scope;
  phase: Phase;
  /** With phase `update` only. */
  change?: Change;
  victim: Victim;
  moment: Moment;
  /** For how long there is no API server; with victim `api-server` only. */
  downSeconds?: number;
}

export interface PlanOptions {
  seed: number;
  /** Interruptions of one store's operations. */
  storeRuns: number;
  /** Interruptions of operations on the whole stack. */
  stackRuns: number;
  /** Adds interruptions at the moment when an object of a store is made or deleted, one for each kind. */
  atObjects?: boolean;
}

/** Of the whole stack, the one that makes another revision of Longhorn's release. */
const changes: Readonly<Record<Scope, readonly [Change, ...Change[]]>> = {
  store: ["tolerationSeconds", "image", "size"],
  stack: ["allowUninstall"],
};

/** The program does not run during `destroy`. */
const victimsOf: Readonly<Record<Phase, readonly Victim[]>> = {
  create: ["cli", "kubernetes-provider", "api-server", "program", "random-provider", "language-host"],
  update: ["cli", "kubernetes-provider", "api-server", "program", "random-provider", "language-host"],
  destroy: ["cli", "kubernetes-provider", "api-server", "random-provider", "language-host"],
};

/** Where Longhorn's release is at stake, the ones that can leave it half done. */
const stackVictims: readonly Victim[] = ["cli", "kubernetes-provider", "api-server"];

const phases: readonly Phase[] = ["create", "update", "destroy"];

/** The runs of a seed, those on a single store first. Every phase and victim has its turn; the moments are uniform. */
export function planRuns({ seed, storeRuns, stackRuns, atObjects = false }: PlanOptions): PlannedRun[] {
  const stackTurns = { create: stackVictims, update: stackVictims, destroy: stackVictims };
  const turns = [
    ...repeated(turnsOf("store", victimsOf), storeRuns),
    ...repeated(turnsOf("stack", stackTurns), stackRuns),
    ...(atObjects ? turnsAtObjects() : []),
  ];
  return turns.map((turn, index) => ({ ...turn, ...chosenFor(seed, index + 1, turn) }));
}

interface Turn {
  scope: Scope;
  phase: Phase;
  victim: Victim;
  moment?: Moment;
}

/** Who can die between an object and the knowledge of it. */
function turnsAtObjects(): Turn[] {
  const made: readonly ObjectKind[] = ["Namespace", "Secret", "PersistentVolumeClaim", "Service", "Deployment"];
  const deleted: readonly ObjectKind[] = ["PersistentVolumeClaim", "Service", "Deployment"];
  const turns = (phase: Phase, kinds: readonly ObjectKind[]): Turn[] =>
    (["cli", "kubernetes-provider"] as const).flatMap((victim) =>
      kinds.map((seen) => ({ scope: "store" as const, phase, victim, moment: { seen } })),
    );
  return [...turns("create", made), ...turns("destroy", deleted)];
}

/** Phases alternate, so that a few runs already have seen all of them. */
function turnsOf(scope: Scope, victims: Readonly<Record<Phase, readonly Victim[]>>): Turn[] {
  const rounds = Math.max(...phases.map((phase) => victims[phase].length));
  return Array.from({ length: rounds }, (_, round) =>
    phases.flatMap((phase) => victims[phase].slice(round, round + 1).map((victim) => ({ scope, phase, victim }))),
  ).flat();
}

function repeated<T>(items: readonly T[], length: number): T[] {
  return Array.from({ length }, (_, index) => items[index % items.length]).filter((item) => item !== undefined);
}

function chosenFor(seed: number, number: number, { scope, phase, victim, moment }: Turn) {
  return {
    number,
    seed,
    ...(phase === "update" && { change: drawOne(changes[scope], seed, number, "change") }),
    moment: moment ?? { fraction: draw(seed, number, "moment") },
    ...(victim === "api-server" && { downSeconds: 1 + Math.round(draw(seed, number, "down") * 90) / 10 }),
  };
}
