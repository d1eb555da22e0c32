import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { OperationOptions, OperationSummary } from "../../tool/pulumi/operations";
import type { Victim } from "./plan";
import { descendantsOf, isRunning, kill, type Process } from "../../testbed/processes";
import { findCli, isVictim } from "./victims";

/** An operation of a stack, as the Automation API runs it. */
export type Operation = (options?: OperationOptions) => Promise<OperationSummary>;

/** An operation, and what became of it. */
export interface Outcome {
  succeeded: boolean;
  /** What the CLI said went wrong; empty where nothing did. */
  said: string;
  seconds: number;
}

/** What an interruption came to. */
export interface Interruption extends Outcome {
  /** From the begin of the CLI's process to the kill, milliseconds; undefined where there was no victim left to kill. */
  killedAfterMs?: number;
  /** What the operation was waiting for then. */
  waitingFor?: string;
  /** What of the operation still ran when the next one was begun. */
  lingering: readonly string[];
}

export interface InterruptionOptions {
  victim: Victim;
  /** Called when the CLI has begun; resolves when the victim is to be killed, or when the signal is aborted. */
  moment: (signal: AbortSignal) => Promise<void>;
  /** Kills the API server and starts it again; resolves when it is ready. */
  interruptApiServer: () => Promise<void>;
}

const lookEveryMs = 50;

/** How soon somebody who saw the CLI fail types the next command. */
const nextCommandAfterMs = 2_000;

/** Anything that is done with a stack. */
export type Step = (options?: OperationOptions) => Promise<unknown>;

/** Takes a step to its end. */
export async function run(step: Step, options?: OperationOptions): Promise<Outcome> {
  const begin = Date.now();
  const seconds = (): number => (Date.now() - begin) / 1000;
  try {
    await step(options);
    return { succeeded: true, said: "", seconds: seconds() };
  } catch (error) {
    return { succeeded: false, said: textOf(error), seconds: seconds() };
  }
}

/** For how many milliseconds the CLI of an operation lives when nothing interrupts it. */
export async function usualMsOf(operation: Operation): Promise<number> {
  let ended = false;
  const running = run(operation).finally(() => (ended = true));
  const cli = await found(findCli, () => ended);
  const begin = Date.now();
  while (cli !== undefined && isRunning(cli)) await sleep(lookEveryMs);
  const life = Date.now() - begin;
  const { succeeded, said } = await running;
  if (!succeeded) throw new Error(`an operation that nothing interrupted failed: ${said}`);
  return life;
}

/**
 * Runs an operation and kills the victim at the moment, or as soon as there is one after it.
 * @returns when the operation has failed or succeeded; `endRest` ends what has outlived it
 */
export async function interrupt(
  operation: Operation,
  { victim, moment, interruptApiServer }: InterruptionOptions,
): Promise<Interruption & { endRest: () => void }> {
  let waitingFor: string | undefined;
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const running = run(operation, { onProgress: (now) => (waitingFor = now.waitingFor) }).finally(() => over.abort());
  const cli = await found(findCli, isOver);
  const begunAt = Date.now();
  const family = new Family(cli);
  const following = family.follow(isOver);
  await moment(over.signal);

  let killedAt: number | undefined;
  let backAgain: Promise<void> | undefined;
  if (victim === "api-server" && !isOver()) {
    killedAt = Date.now();
    backAgain = interruptApiServer();
  } else if (victim !== "api-server") {
    const process = await found(() => family.find(victim), isOver);
    if (process && kill(process)) killedAt = Date.now();
  }
  const struck = killedAt === undefined ? {} : { killedAfterMs: killedAt - begunAt, waitingFor };
  const [outcome] = await Promise.all([running, backAgain, following]);
  await sleep(nextCommandAfterMs);
  const rest = family.members.filter(isRunning);
  return { ...outcome, ...struck, lingering: rest.map(nameOf), endRest: () => rest.forEach(kill) };
}

/** The processes of one operation. They are looked up all the time, so that the kill itself takes no time. */
class Family {
  private readonly byPid = new Map<number, Process>();

  constructor(private readonly cli: Process | undefined) {}

  get members(): Process[] {
    return [...this.byPid.values()];
  }

  async follow(isOver: () => boolean): Promise<void> {
    for (; !isOver(); await sleep(lookEveryMs)) this.look();
  }

  find(victim: Exclude<Victim, "api-server">): Process | undefined {
    return this.members.find((process) => isVictim(victim, process) && isRunning(process));
  }

  private look(): void {
    if (this.cli === undefined) return;
    for (const process of [this.cli, ...descendantsOf(this.cli.pid)]) this.byPid.set(process.pid, process);
  }
}

const nameOf = ({ argv: [program = ""] }: Process): string => basename(program);

async function found<T>(look: () => T | undefined, ended: () => boolean): Promise<T | undefined> {
  while (!ended()) {
    const it = look();
    if (it !== undefined) return it;
    await sleep(lookEveryMs);
  }
  return undefined;
}

/** The CLI's own words, without the command line and the warnings about where plugins were found. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [once = ""] = text.split(/^\s*err\?: /m);
  const noise = /^\s*$|warning: using pulumi-resource|^\s*(code|stdout): |^\s*Destroying \(|^\s*Updating \(/;
  return once
    .split("\n")
    .filter((line) => !noise.test(line))
    .map((line) => line.replace(/ \/\S*\/bin\/pulumi (up|destroy) .*/, " pulumi $1"))
    .join("\n");
}
