/** Reaction to a signal that asks the process to end. */
export type Answer = "clean up" | "nothing" | "end the CLI" | "end";

/** Earlier signals. */
export interface SignalsBefore {
  /** Time of the first one; undefined if there was none. */
  firstMs?: number;
  /** Whether the CLI was told to end immediately. */
  hasEndedCli: boolean;
}

/** Time within which two signals count as one, because Ctrl-C can arrive twice: from the terminal, and forwarded by `npm`. */
const sameSignalMs = 500;

/**
 * Returns the reaction. The first signal cleans up. Another one ends a running CLI, which still reports its state, or the
 * process itself.
 *
 * @param running number of running CLIs
 */
export function answerTo(nowMs: number, { firstMs, hasEndedCli }: SignalsBefore, running: number): Answer {
  if (firstMs === undefined) return "clean up";
  if (nowMs - firstMs < sameSignalMs) return "nothing";
  return running > 0 && !hasEndedCli ? "end the CLI" : "end";
}

const ofStack =
  "objects of the operation may be missing in the stack's state. longhorn-s3 repair --stack NAME shows and repairs that.";
const ofSandbox = "a sandbox may still be running. longhorn-s3 sandbox stop removes it.";

/** Possible leftovers of a command that changes something, and the command that repairs them. */
const left: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...Object.fromEntries(["up", "refresh", "destroy", "repair", "adopt"].map((command) => [command, ofStack])),
    move: "nodes may still be cordoned, and a store at 0 replicas. longhorn-s3 move --undo, with the same cluster, reverts that.",
    fence:
      "the node may be partially fenced, and a store at 0 replicas. The same command continues, longhorn-s3 unfence NODE reverts it.",
    unfence: "the node may still be out of service. The same command continues.",
    drill:
      "the injected failure may remain, and a sandbox may still be running. longhorn-s3 drill cleanup, with the same cluster, reverts the failure, longhorn-s3 sandbox stop removes the sandbox.",
    demo: ofSandbox,
    sandbox: ofSandbox,
  }),
);

/** Text for a command without known leftovers. */
const ofAny =
  "its work may be incomplete. longhorn-s3 repair --stack NAME repairs a stack, longhorn-s3 drill cleanup a drill, longhorn-s3 move --undo a move.";

/**
 * Returns the message of a command that is ended without its clean-up.
 *
 * @param words arguments after `longhorn-s3`
 */
export function endedText([command = ""]: readonly string[]): string {
  return `ended at once: ${left.get(command) ?? ofAny}`;
}

/** Message if only the CLI is ended. */
export const endedCliText = `ended at once: ${ofStack}`;
