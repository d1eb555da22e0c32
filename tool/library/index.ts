export { checkInputs } from "./check-inputs";
export { deployStore, previewStore, type Deployed, type Previewed } from "./deploy-store";
export { destroyStore } from "./destroy-store";
export {
  CancelledError,
  InvalidInputsError,
  OperationFailedError,
  PreflightRefusedError,
  ProtectedError,
  PulumiMissingError,
  StackLockedError,
  StackNotFoundError,
  StoreError,
  type InputProblem,
  type StoreErrorCode,
} from "./errors";
export type { FinishedEvent, PlannedEvent, ResourceEvent, ResourceStep, StoreEvent, WarningEvent } from "./events";
export type {
  DeployInputs,
  DestroyInputs,
  OperationInputs,
  PreviewInputs,
  StackAddress,
  StackConfig,
  StackInputs,
} from "./inputs";
export type { StoreOperation } from "./operation";
export { storeCredentials, type PublicOutputs } from "./outputs";
export { storeStatus, type GatewayStatus, type LastOperation, type StoreStatus } from "./store-status";
export type { StoreCredentials, StoreOutputs } from "../../stacks/outputs";
export type { OperationSummary } from "../deploy/operations";
export type { Fault } from "../faults/fault";
export type { PreflightFinding } from "../preflight/findings";
