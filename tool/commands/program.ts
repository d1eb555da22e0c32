import { createRequire } from "node:module";
import { Command } from "commander";
import type { CommandContext } from "./context";

/** Every command, in the order in which they are listed. */
export const commands: Readonly<Record<string, string>> = {
  init: "Write a project with one store into an empty folder",
  preflight: "Say, before a first up, what the cluster lacks; it only reads",
  preview: "Say what an up would change",
  up: "Deploy the stack after a preview; say what is wrong and what to do where it fails",
  status: "Say whether the stores would survive a failure now, and why not; it only reads",
  outputs: "Print the stack's outputs; secrets only where they are asked for",
  verify:
    "Say what in the cluster is not as the stack asked for: settings, StorageClasses, volumes, nodes, backup target",
  refresh: "Read the cluster into the stack's state",
  destroy: "Delete everything of the stack that is not protected",
  repair:
    "Show what an operation that failed or was killed has left, mend what can be mended safely, and say what to do about the rest",
  adopt: "Take over a Longhorn that Helm has installed, as it is, after showing what the stack would change about it",
  fence: "Take a node out of service that is off, so that its stores start on another one at once",
  unfence: "Take a fenced node back into service, when it is back and nothing of before is left on it",
  move: "Move a store to another node while all is well, as before a maintenance",
  predict: "Say how long a store is away after a failure, from the timers that a recovery waits for",
  drill: "Make a failure happen, watch S3 clients through it, and report measured against predicted",
  demo: "Start a sandbox, deploy a store with pulumi up, kill the node that serves it under load, read everything back, remove everything",
  sandbox: "A cluster on this machine to try stores on",
  completion: "Print what a shell needs to complete commands, options and stacks",
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
 * The command line of `longhorn-s3`. Throws commander's errors instead of ending the process.
 *
 * @param words what follows `longhorn-s3`: of the others, a command is only listed, since each loads what it needs; all of them when absent
 */
export function commandLine(context: CommandContext, words?: readonly string[]): Command {
  const program = new Command("longhorn-s3")
    .description("S3 stores on Longhorn: deploy them, make them fail, see what a client sees")
    .addHelpText("afterAll", exitCodes)
    .showHelpAfterError("(--help shows what is possible)")
    .exitOverride();
  const [first, second] = words ?? [];
  const wanted = first === "help" ? second : first;
  for (const [name, description] of Object.entries(commands)) {
    if (words === undefined || name === wanted) addCommand(name, program, context);
    else program.command(name);
    program.commands.at(-1)?.description(description);
  }
  return program;
}

type AddCommand = (program: Command, context: CommandContext) => void;

/** `./status` exports `addStatusCommand`, and so does every other. */
function addCommand(name: string, program: Command, context: CommandContext): void {
  const file = createRequire(__filename)(`./${name}`) as Readonly<Record<string, AddCommand | undefined>>;
  const add = file[`add${name.charAt(0).toUpperCase()}${name.slice(1)}Command`];
  if (add === undefined) throw new Error(`commands/${name}.ts adds no command`);
  add(program, context);
}
