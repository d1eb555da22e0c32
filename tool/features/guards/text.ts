import { isLoss, type Acknowledged } from "./acknowledgements";
import type { GuardedOperation, GuardFinding, PlannedLoss, TakenProtection } from "./findings";
import type { ChangedProperty } from "./plan";
import { nothingAccepted, type GuardedCommand } from "./words";

/** Returns the findings as text, each with its reason and its fix. */
export function guardFindingsText(findings: readonly GuardFinding[], command: GuardedCommand): string {
  return findings.map((finding) => (isLoss(finding) ? lossText(finding, command) : protectionText(finding))).join("\n");
}

/** Returns a loss in one line, for a stack that does not refuse it. */
export function lossWarning(loss: PlannedLoss, { operation }: GuardedCommand): string {
  const { subject, holds, because } = loss;
  const reason = loss.kind === "replacement" ? ` (${reasonText(because)})` : "";
  return `${subject} ${fateText(loss, operation)}${reason}: ${holds}`;
}

/** Returns the command, or call, that accepts all findings. */
export function acceptingCommand(findings: readonly GuardFinding[], command: GuardedCommand): string {
  const losses = findings.filter(isLoss);
  // Who destroys a whole stack thinks in stores; everywhere else each resource is named.
  const lost = losses.map((loss) =>
    command.operation === "destroy" ? (loss.components.at(-1) ?? loss.name) : loss.name,
  );
  const without = findings.filter((finding) => !isLoss(finding)).map(({ name }) => name);
  return command.words.invocation(command.operation, {
    dataLoss: [...new Set(lost)],
    unprotected: [...new Set(without)],
  });
}

/** Returns the errors of unused acknowledgements. */
export function idleText(idle: Acknowledged, findings: readonly GuardFinding[], command: GuardedCommand): string[] {
  const names = (of: readonly GuardFinding[]): string => of.map(({ name }) => name).join(", ") || "nothing";
  const losses = findings.filter(isLoss);
  const others = findings.filter((finding) => !isLoss(finding));
  const accepted = (kind: keyof Acknowledged): string[] =>
    idle[kind].map((name) => command.words.acceptance(kind, name));
  return [
    ...accepted("dataLoss").map((accepts) => `${accepts}: planned losses are ${names(losses)}`),
    ...accepted("unprotected").map((accepts) => `${accepts}: planned without protection are ${names(others)}`),
  ];
}

function lossText(loss: PlannedLoss, command: GuardedCommand): string {
  const { kind, subject, holds, because, isProtected, isKept } = loss;
  return [
    `  ${subject} ${fateText(loss, command.operation)}: ${holds}`,
    ...(kind === "replacement" ? [`      why: ${reasonText(because)}`] : []),
    ...(isKept ? ["      the object stays in the cluster and is removed from Pulumi's state"] : []),
    `      → ${wayRound(loss, command)}`,
    ...(isProtected ? [`      → it is also protected: first ${unprotecting(loss, command)}`] : []),
  ].join("\n");
}

function fateText({ kind }: PlannedLoss, operation: GuardedOperation): string {
  if (kind === "replacement") return "would be replaced";
  return operation === "refresh"
    ? "is not in the cluster and would be removed from Pulumi's state"
    : "would be deleted";
}

function reasonText(because: readonly ChangedProperty[]): string {
  if (because.length === 0) return "a dependency is replaced, or its replacement was requested";
  const changes = because.map(({ path, from, to }) => `${path}${valuesText(from, to)}`);
  return `${changes.join(", ")} cannot be changed in place`;
}

function valuesText(from: string | undefined, to: string | undefined): string {
  if (from === undefined && to === undefined) return "";
  return ` (${from === undefined ? "none" : JSON.stringify(from)} → ${to === undefined ? "none" : JSON.stringify(to)})`;
}

function wayRound({ kind, because, subject }: PlannedLoss, { operation }: GuardedCommand): string {
  if (operation === "refresh") {
    return "find out why it was deleted: a later up creates an empty one. docs/life-cycle.md describes how to rebuild a store on a remaining volume";
  }
  if (kind === "deletion") {
    return operation === "destroy"
      ? "remove the stores from the stack one after the other"
      : "restore it in the program or the configuration";
  }
  if (because.some(({ path }) => path === "provider")) {
    return "restore the former cluster: on another cluster, the stack creates everything again";
  }
  const back = because.length === 0 ? "keep it as it is" : `put ${because.map(({ path }) => path).join(", ")} back`;
  return subject.startsWith("PersistentVolumeClaim ")
    ? `${back}; for another volume, create a second store and copy the objects over S3`
    : back;
}

/** Returns the step before the loss of a protected resource. */
function unprotecting({ components, name }: PlannedLoss, { words }: GuardedCommand): string {
  const owner = components.at(-1) ?? name;
  const up = words.invocation("up", { ...nothingAccepted, unprotected: [owner] });
  return `"deletionProtection: false" in the inputs of ${owner} with ${up}`;
}

function protectionText({ kind, subject, resources, name }: TakenProtection): string {
  if (kind === "uninstallable") {
    return [
      `  ${subject} would allow its uninstallation, which deletes all its volumes`,
      `      → remove "allowUninstall: true" from the inputs of ${name}`,
    ].join("\n");
  }
  return [
    `  ${subject} would be without protection: ${resources.join(", ")}`,
    `      → remove "deletionProtection: false" from the inputs of ${name}`,
  ].join("\n");
}
