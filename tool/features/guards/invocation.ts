import type { Acknowledged } from "./acknowledged";
import type { GuardedOperation } from "./findings";
import { commandLine, stackFlags } from "../../terminal/command-line";
import { quoted } from "../../../components/shell";

/** Who looked at a plan, for the words that tell what to run, or to call. */
export type GuardedCommand = CommandOfTool | CallOfLibrary;

interface CommandOfTool {
  operation: GuardedOperation;
  stack: string;
  /** The folder of `Pulumi.yaml`. */
  cwd: string;
}

/** A program that asks through the library. */
interface CallOfLibrary {
  operation: keyof typeof functions;
  stack: string;
  cwd?: undefined;
}

const functions = { up: "deployStore", preview: "previewStore", destroy: "destroyStore" } as const;

/** Of both kinds of names, what a command takes and what a call takes. */
const accepting = {
  dataLoss: { option: "--allow-data-loss", input: "allowDataLoss" },
  unprotected: { option: "--allow-unprotected", input: "allowUnprotected" },
} as const;

/** `up`, or the name of the library's function. */
export function operationName(command: GuardedCommand): string {
  return isCall(command) ? functions[command.operation] : command.operation;
}

/** The same operation as it is run, or called, with these names. */
export function invocationText(command: GuardedCommand, names: Acknowledged): string {
  const kinds = ["unprotected", "dataLoss"] as const;
  if (isCall(command)) {
    const inputs = kinds
      .filter((kind) => names[kind].length > 0)
      .map((kind) => `, ${accepting[kind].input}: ${JSON.stringify(names[kind])}`);
    return `${functions[command.operation]}({ stack: ${JSON.stringify(command.stack)}${inputs.join("")}, … })`;
  }
  const { operation, stack, cwd } = command;
  const accepted = kinds.flatMap((kind) => names[kind].flatMap((name) => [accepting[kind].option, name]));
  return commandLine([operation], [...stackFlags(stack, cwd), ...accepted]);
}

/** One name that accepts something, as it was given. */
export function acceptanceText(command: GuardedCommand, kind: keyof Acknowledged, name: string): string {
  const { option, input } = accepting[kind];
  return isCall(command) ? `${input}: ${JSON.stringify(name)}` : `${option} ${quoted(name)}`;
}

/** What goes on without having looked at the volumes of other workloads. */
export function skippingText(command: GuardedCommand): string {
  return isCall(command) ? "skipVolumeCheck: true" : "--skip-volume-check";
}

function isCall(command: GuardedCommand): command is CallOfLibrary {
  return command.cwd === undefined;
}
