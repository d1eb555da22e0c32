import { Command } from "commander";
import type { CommandContext } from "./context";

/** Listed command, and the module that adds it. */
export interface CommandEntry {
  description: string;
  load: () => Promise<CommandModule>;
}

/** Module of a command. */
interface CommandModule {
  /**
   * Adds the command to the program.
   *
   * @param whole builds the program with all commands
   */
  addCommand(program: Command, context: CommandContext, whole: () => Promise<Command>): void;
}

/** All commands, in the order in which they are listed. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    description: "Write a project with one store into an empty folder",
    load: () => import("./init.ts"),
  },
  preflight: {
    description: "Say, before a first up, what the cluster lacks; it only reads",
    load: () => import("./preflight.ts"),
  },
  preview: {
    description: "Say what an up would change",
    load: () => import("./preview.ts"),
  },
  up: {
    description: "Deploy the stack after a preview; say what is wrong and what to do where it fails",
    load: () => import("./up.ts"),
  },
  status: {
    description: "Say whether the stores would survive a failure now, and why not; it only reads",
    load: () => import("./status.ts"),
  },
  outputs: {
    description: "Print the stack's outputs; secrets only where they are asked for",
    load: () => import("./outputs.ts"),
  },
  verify: {
    description:
      "Say what in the cluster is not as the stack asked for: settings, StorageClasses, volumes, nodes, backup target",
    load: () => import("./verify.ts"),
  },
  refresh: {
    description: "Read the cluster into the stack's state",
    load: () => import("./refresh.ts"),
  },
  destroy: {
    description: "Delete everything of the stack that is not protected",
    load: () => import("./destroy.ts"),
  },
  repair: {
    description:
      "Show what an operation that failed or was killed has left, mend what can be mended safely, and say what to do about the rest",
    load: () => import("./repair.ts"),
  },
  adopt: {
    description:
      "Take over a Longhorn that Helm has installed, as it is, after showing what the stack would change about it",
    load: () => import("./adopt.ts"),
  },
  fence: {
    description: "Take a node out of service that is off, so that its stores start on another one at once",
    load: () => import("./fence.ts"),
  },
  unfence: {
    description: "Take a fenced node back into service, when it is back and nothing of before is left on it",
    load: () => import("./unfence.ts"),
  },
  move: {
    description: "Move a store to another node while all is well, as before a maintenance",
    load: () => import("./move.ts"),
  },
  predict: {
    description: "Say how long a store is away after a failure, from the timers that a recovery waits for",
    load: () => import("./predict.ts"),
  },
  drill: {
    description: "Make a failure happen, watch S3 clients through it, and report measured against predicted",
    load: () => import("./drill.ts"),
  },
  demo: {
    description:
      "Start a sandbox, deploy a store with pulumi up, kill the node that serves it under load, read everything back, remove everything",
    load: () => import("./demo.ts"),
  },
  sandbox: {
    description: "A cluster on this machine to try stores on",
    load: () => import("./sandbox.ts"),
  },
  completion: {
    description: "Print what a shell needs to complete commands, options and stacks",
    load: () => import("./completion.ts"),
  },
};

const exitCodes = `
Exit codes:
  0    all held
  1    something fell short: an operation failed, an object lost, no recovery within the limit, an alarm, something left behind
  2    wrong usage, or refused before anything was done
  3    the machine lacks something: a program, room on a disk, a passphrase, a way to the cluster; the message says what to do
  130  interrupted; everything was cleaned up, but for what fence and an update of the stack had done, which another run goes on from;
       by a second Ctrl-C at once, and what may be left was said
`;

/**
 * Builds the command line of `longhorn-s3`. Parsing throws commander's errors instead of ending the process.
 *
 * @param words arguments after `longhorn-s3`. Only the command that they name is loaded, and the others are listed. If absent,
 * all are loaded
 */
export async function commandLine(context: CommandContext, words?: readonly string[]): Promise<Command> {
  const program = new Command("longhorn-s3")
    .description("S3 stores on Longhorn: deploy them, make them fail, see what a client sees")
    .addHelpText("afterAll", exitCodes)
    .showHelpAfterError("(--help shows what is possible)")
    .exitOverride();
  const [first, second] = words ?? [];
  const wanted = first === "help" ? second : first;
  const whole = (): Promise<Command> => commandLine(context);
  for (const [name, { description, load }] of Object.entries(commands)) {
    if (words === undefined || name === wanted) (await load()).addCommand(program, context, whole);
    else program.command(name);
    program.commands.at(-1)?.description(description);
  }
  return program;
}
