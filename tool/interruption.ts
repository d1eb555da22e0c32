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
  "what the operation had begun may be there without the stack's state knowing it. longhorn-s3 repair --stack NAME shows and mends that.";
const ofSandbox = "a sandbox may be left running. longhorn-s3 sandbox stop removes it.";

/** Possible leftovers of a command that changes something, and the command that repairs them. */
const left: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...Object.fromEntries(["up", "refresh", "destroy", "repair", "adopt"].map((command) => [command, ofStack])),
    move: "nodes may be left cordoned, and a store at 0 replicas. longhorn-s3 move --undo, with the same cluster, puts that back.",
    fence:
      "the node may be half fenced, and a store at 0 replicas. The same command goes on, longhorn-s3 unfence NODE undoes it.",
    unfence: "the node may be out of service still. The same command goes on.",
    drill:
      "what the drill has made fail may be left so, and a sandbox of its own running. longhorn-s3 drill cleanup, with the same cluster, puts the first back, longhorn-s3 sandbox stop removes the second.",
    demo: ofSandbox,
    sandbox: ofSandbox,
  }),
);

/** Text for a command without known leftovers. */
const ofAny =
  "what it had begun may be left half done. longhorn-s3 repair --stack NAME mends a stack, longhorn-s3 drill cleanup a drill, longhorn-s3 move --undo a move.";

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
