export { SandboxError } from "./errors";
export { openSandbox } from "./open";
export { timings as sandboxTimings, type SandboxProfile } from "./cluster/profile";
export { processesOfPod } from "./pod-processes";
export { realAndSimulated, type Layer } from "./real-and-simulated";
export type { NotRunContainer, ProcessOnVolume, Sandbox, SandboxAlarm, SandboxStatus, ScarceResource } from "./sandbox";
export { checkSandboxDirectory, startSandbox, type SandboxOptions, type SandboxProgress } from "./start";
