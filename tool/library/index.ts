export { checkInputs } from "./check-inputs";
export { deployStore, previewStore, type Deployed, type Previewed } from "./deploy-store";
export { destroyStore, type Destroyed } from "./destroy-store";
export { CancelledError, PulumiMissingError, StoreError, type StoreErrorCode } from "../errors";
export { OperationFailedError, StackLockedError, StackNotFoundError } from "../diagnosis/fault";
export { GuardRefusedError } from "../features/guards/refused";
export { PreflightRefusedError } from "../features/preflight/refused";
export { VolumesInUseError } from "../features/volume-guard/refused";
export { InvalidInputsError, ProtectedError, type InputProblem } from "./errors";
export type {
  FinishedEvent,
  PlannedEvent,
  ResourceEvent,
  StoreEvent,
  StuckPodEvent,
  VerifiedEvent,
  WarningEvent,
} from "./events";
export type { ResourceStep } from "../features/deploy-stack/resource-step";
export type { Verification } from "../features/deploy-stack/events";
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
export type { Finding } from "../features/verify/finding";
export type { StuckPod } from "../features/verify/stuck-pods";
export type { VolumeAtStake } from "../features/guards/volume-at-stake";
