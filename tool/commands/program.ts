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
    description: "Create a project with one store in an empty folder",
    load: () => import("./init.ts"),
  },
  preflight: {
    description: "Check that a cluster meets the requirements (read-only)",
    load: () => import("./preflight.ts"),
  },
  preview: {
    description: "Preview the changes of an update",
    load: () => import("./preview.ts"),
  },
  up: {
    description: "Deploy the stack after a preview, and explain failures",
    load: () => import("./up.ts"),
  },
  status: {
    description: "Show whether the stores would survive a failure now (read-only)",
    load: () => import("./status.ts"),
  },
  outputs: {
    description: "Print the stack's outputs, with secrets hidden by default",
    load: () => import("./outputs.ts"),
  },
  verify: {
    description: "Compare settings, StorageClasses, volumes, nodes and backup target with the stack (read-only)",
    load: () => import("./verify.ts"),
  },
  refresh: {
    description: "Update the stack's state to match the cluster",
    load: () => import("./refresh.ts"),
  },
  destroy: {
    description: "Delete all unprotected resources of the stack",
    load: () => import("./destroy.ts"),
  },
  repair: {
    description: "Repair the state left by a failed or interrupted operation",
    load: () => import("./repair.ts"),
  },
  adopt: {
    description: "Adopt a Longhorn that Helm has installed, without a change",
    load: () => import("./adopt.ts"),
  },
  fence: {
    description: "Take a powered-off node out of service, so that its stores start on another node",
    load: () => import("./fence.ts"),
  },
  unfence: {
    description: "Return a fenced node to service after it has returned",
    load: () => import("./unfence.ts"),
  },
  move: {
    description: "Move a store to another node, for example before maintenance",
    load: () => import("./move.ts"),
  },
  predict: {
    description: "Predict the recovery times of a store",
    load: () => import("./predict.ts"),
  },
  drill: {
    description: "Inject a failure, measure its effect on S3 clients, and compare it with the prediction",
    load: () => import("./drill.ts"),
  },
  demo: {
    description: "Deploy a store on a sandbox, kill its node under load, verify the data, and remove everything",
    load: () => import("./demo.ts"),
  },
  sandbox: {
    description: "Manage a local test cluster",
    load: () => import("./sandbox.ts"),
  },
  completion: {
    description: "Print a completion script for a shell",
    load: () => import("./completion.ts"),
  },
};

const exitCodes = `
Exit codes:
  0    success
  1    failure: a failed operation, a lost object, no recovery within the time
       limit, an alarm, or a leftover
  2    wrong usage, or refused before any change
  3    missing requirement: a program, disk space, a passphrase, or access to
       the cluster; the message has the fix
  130  interrupted and cleaned up. Changes of fence and of an update stay, and
       another run continues from there. A second Ctrl-C skips the cleanup and
       prints the possible leftovers
`;

/**
 * Builds the command line of `longhorn-s3`. Parsing throws commander's errors instead of ending the process.
 *
 * @param words arguments after `longhorn-s3`. Only the command that they name is loaded, and the others are listed. If absent,
 * all are loaded
 */
export async function commandLine(context: CommandContext, words?: readonly string[]): Promise<Command> {
  const program = new Command("longhorn-s3")
    .description("Deploy, operate and test S3 stores on Longhorn")
    .addHelpText("afterAll", exitCodes)
    .showHelpAfterError("(see --help)")
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
