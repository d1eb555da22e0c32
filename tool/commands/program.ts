import { Command } from "commander";
import type { CommandContext } from "./context";

/** A command as listed in the help, with the module that adds it. */
export interface CommandEntry {
  description: string;
  load: () => Promise<CommandModule>;
}

/** The module of a command. */
interface CommandModule {
  /** Adds the command to the program. ⏎ ⏎ @param whole builds the program with all commands */
  addCommand(program: Command, context: CommandContext, whole: () => Promise<Command>): void;
}

/** All commands, in the order of the help. */
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
    description: "Preview the changes of up",
    load: () => import("./preview.ts"),
  },
  up: {
    description: "Deploy the stack after a preview",
    load: () => import("./up.ts"),
  },
  status: {
    description: "Report whether the stores would survive a node failure now (read-only)",
    load: () => import("./status.ts"),
  },
  outputs: {
    description: "Print the stack's outputs",
    load: () => import("./outputs.ts"),
  },
  verify: {
    description: "Compare the cluster with the stack: settings, StorageClasses, volumes, nodes, backup target",
    load: () => import("./verify.ts"),
  },
  refresh: {
    description: "Refresh the stack's state from the cluster",
    load: () => import("./refresh.ts"),
  },
  destroy: {
    description: "Delete all resources of the stack, unless protected",
    load: () => import("./destroy.ts"),
  },
  repair: {
    description: "Repair the state left by a failed or interrupted operation",
    load: () => import("./repair.ts"),
  },
  adopt: {
    description: "Import an existing Longhorn installation of Helm into the stack",
    load: () => import("./adopt.ts"),
  },
  fence: {
    description: "Take a powered-off node out of service, so that its stores start on another node immediately",
    load: () => import("./fence.ts"),
  },
  unfence: {
    description: "Return a fenced node to service",
    load: () => import("./unfence.ts"),
  },
  move: {
    description: "Move a store to another node, for example before maintenance",
    load: () => import("./move.ts"),
  },
  predict: {
    description: "Predict the recovery time of a store after a node failure",
    load: () => import("./predict.ts"),
  },
  drill: {
    description: "Inject a failure, measure the recovery with S3 clients, and compare it with the prediction",
    load: () => import("./drill.ts"),
  },
  demo: {
    description: "Deploy a store on a sandbox, power off its node under load, verify the data, and clean up",
    load: () => import("./demo.ts"),
  },
  sandbox: {
    description: "Run a test cluster on this machine",
    load: () => import("./sandbox.ts"),
  },
  completion: {
    description: "Print a shell completion script",
    load: () => import("./completion.ts"),
  },
};

const exitCodes = `
Exit codes:
  0    success
  1    failure: an operation failed, an object was lost, no recovery within
       the limit, an alarm, or leftovers
  2    invalid usage, or refused before anything was changed
  3    a prerequisite is missing: a program, disk space, a passphrase or access
       to the cluster; the message has the fix
  130  interrupted and cleaned up; completed steps of fence and of stack updates
       are kept, and a rerun continues; a second Ctrl-C skips the cleanup and
       lists possible leftovers
`;

/**
 * Builds the command line of `longhorn-s3`. Its parser throws Commander's errors instead of exiting.
 *
 * @param words arguments after `longhorn-s3`: only the command that they name is loaded; all are loaded if absent
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
