import { beginRun, endRun } from "./leftovers";

// Global fixtures of Mocha: they run once, in the main process, also in parallel mode.
export const mochaGlobalSetup = (): void => beginRun();
export const mochaGlobalTeardown = (): Promise<void> => endRun();
