/** Response to a signal that asks the process to end. */
export type Answer = "clean up" | "nothing" | "end the CLI" | "end";

/** Effects of the earlier signals. */
export interface SignalsBefore {
  /** Time of the first signal; undefined if there was none. */
  firstMs?: number;
  /** Whether the CLI was told to end immediately. */
  hasEndedCli: boolean;
}

/** A single Ctrl-C can arrive twice: from the terminal, and from `npm`, which forwards it. */
const sameSignalMs = 500;

/**
 * Returns the response to a signal. The first one triggers the cleanup, the second one ends immediately: a running CLI,
 * which then reports its state, or else the process itself.
 *
 * @param running number of running CLIs
 */
export function answerTo(nowMs: number, { firstMs, hasEndedCli }: SignalsBefore, running: number): Answer {
  if (firstMs === undefined) return "clean up";
  if (nowMs - firstMs < sameSignalMs) return "nothing";
  return running > 0 && !hasEndedCli ? "end the CLI" : "end";
}

const ofStack =
  "resources may exist that the stack's state does not know about. To repair the state, run longhorn-s3 repair --stack NAME.";
const ofSandbox = "a sandbox may still be running. To remove it, run longhorn-s3 sandbox stop.";

/** Possible leftovers of each command that changes something, with the fix. */
const left: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...Object.fromEntries(["up", "refresh", "destroy", "repair", "adopt"].map((command) => [command, ofStack])),
    move: "nodes may still be cordoned, and a store scaled to 0 replicas. To undo this, run longhorn-s3 move --undo with the same cluster.",
    fence:
      "the node may be partly fenced, and a store scaled to 0 replicas. Run the same command again to continue, or longhorn-s3 unfence NODE to undo it.",
    unfence: "the node may still be out of service. Run the same command again to continue.",
    drill:
      "the failure may still be active, and a temporary sandbox running. Run longhorn-s3 drill cleanup with the same cluster, and longhorn-s3 sandbox stop.",
    demo: ofSandbox,
    sandbox: ofSandbox,
  }),
);

/** Text for commands without known leftovers. */
const ofAny =
  "the operation may be incomplete. Run longhorn-s3 repair --stack NAME for a stack, longhorn-s3 drill cleanup for a drill, or longhorn-s3 move --undo for a move.";

/** Returns the message if a command ends without its cleanup. ⏎ ⏎ @param words arguments after `longhorn-s3` */
export function endedText([command = ""]: readonly string[]): string {
  return `ended immediately: ${left.get(command) ?? ofAny}`;
}

/** Message if only the CLI ends, for any command. */
export const endedCliText = `ended immediately: ${ofStack}`;
