export { checkInputs } from "./check-inputs";
export { deployStore, previewStore, type Deployed, type Previewed } from "./deploy-store";
export { destroyStore, type Destroyed } from "./destroy-store";
export {
  CancelledError,
  GuardRefusedError,
  InvalidInputsError,
  OperationFailedError,
  PreflightRefusedError,
  ProtectedError,
  PulumiMissingError,
  StackLockedError,
  StackNotFoundError,
  StoreError,
  VolumesInUseError,
  type InputProblem,
  type StoreErrorCode,
} from "./errors";
export type { FinishedEvent, PlannedEvent, ResourceEvent, ResourceStep, StoreEvent, WarningEvent } from "./events";
export type {
  AcceptedLosses,
  DeployInputs,
  DestroyInputs,
  OperationInputs,
  PreviewInputs,
  StackAddress,
  StackConfig,
  StackInputs,
  VolumeCheckInputs,
} from "./inputs";
export type { StoreOperation } from "./operation";
export { storeCredentials, type PublicOutputs } from "./outputs";
export { storeStatus, type GatewayStatus, type LastOperation, type StoreStatus, type Survival } from "./store-status";
export type { StoreCredentials, StoreOutputs } from "../../components/stack-reference/contract";
export type { OperationSummary } from "../pulumi/operations";
export type { Fault } from "../diagnosis/fault";
export type { GuardFinding, PlannedLoss, TakenProtection } from "../features/guards/findings";
export type { PreflightFinding } from "../features/preflight/findings";
export type { StatusReport, StoreStatus as StoreReport } from "../features/status/report";
export type { VolumeAtStake } from "../features/volume-guard/volumes";
