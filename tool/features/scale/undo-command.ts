import { commandLine } from "../../terminal/command-line";

/** Puts back what a move that was killed has left, on the cluster that the flags lead to. */
export const undoCommand = (reachedBy: readonly string[]): string => commandLine(["move", "--undo"], reachedBy);
