/** What a signal that asks the process to end is answered with. */
export type Answer = "clean up" | "nothing" | "end the CLI" | "end";

/** What came of the signals before. */
export interface SignalsBefore {
  /** When the first one came; undefined where none did. */
  firstMs?: number;
  /** Whether the CLI has been told to end at once. */
  hasEndedCli: boolean;
}

/** One Ctrl-C can arrive twice: from the terminal, and from `npm`, which hands it on. */
const sameSignalMs = 500;

/**
 * The first signal has everything cleaned up, another one ends at once: a CLI that runs, which then still tells what it knows, else the
 * process itself.
 *
 * @param running how many CLIs run
 */
export function answerTo(nowMs: number, { firstMs, hasEndedCli }: SignalsBefore, running: number): Answer {
  if (firstMs === undefined) return "clean up";
  if (nowMs - firstMs < sameSignalMs) return "nothing";
  return running > 0 && !hasEndedCli ? "end the CLI" : "end";
}

const ofStack =
  "what the operation had begun may be there without the stack's state knowing it. longhorn-s3 repair --stack NAME shows and mends that.";
const ofSandbox = "a sandbox may be left running. longhorn-s3 sandbox stop removes it.";

/** What may be left of a command that changes something, and what mends it. */
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

/** Of a command that is not known to leave anything. */
const ofAny =
  "what it had begun may be left half done. longhorn-s3 repair --stack NAME mends a stack, longhorn-s3 drill cleanup a drill, longhorn-s3 move --undo a move.";

/**
 * What is said where a command is ended without its clean-up.
 *
 * @param words what follows `longhorn-s3`
 */
export function endedText([command = ""]: readonly string[]): string {
  return `ended at once: ${left.get(command) ?? ofAny}`;
}

/** What is said where the CLI alone is ended, whatever command runs it. */
export const endedCliText = `ended at once: ${ofStack}`;
