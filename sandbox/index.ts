export { SandboxError } from "./errors";
export { openSandbox } from "./open";
export type { SandboxProfile } from "./cluster/profile";
export { realAndSimulated, type Layer } from "./real-and-simulated";
export type { NotRunContainer, ProcessOnVolume, Sandbox, SandboxAlarm, SandboxStatus } from "./sandbox";
export { startSandbox, type SandboxOptions, type SandboxProgress } from "./start";
