import { beginRun, endRun } from "./leftovers";

// Mocha's global fixtures: they run once, in the main process of a parallel run too.
export const mochaGlobalSetup = (): void => beginRun();
export const mochaGlobalTeardown = (): Promise<void> => endRun();
