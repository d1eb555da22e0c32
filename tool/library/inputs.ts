import type { Unwrap } from "@pulumi/pulumi";
import type { StackConfig as ProgramConfig } from "../../stacks/config/schema";
import type { StoreEvent } from "./events";

/** What a stack deploys, as data: the keys of `Pulumi.<stack>.yaml`. Secrets stand in it as plain texts. */
export type StackConfig = Unwrap<ProgramConfig>;

/** Which stack is meant, and how its state and its secrets are reached. */
export interface StackAddress {
  /** Name of the stack, with its organization before it where the backend has any. */
  stack: string;
  /** Name of the project that it belongs to. @default "longhorn-s3" */
  project?: string;
  /** URL of the backend as `pulumi login` takes it: `file:///srv/state`, `s3://bucket`. @default the one that the shell is logged in to */
  backend?: string;
  /** Passphrase of the stack's secrets. @default what PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE says */
  passphrase?: string;
  /** What encrypts the secrets of a stack that is made now, as `pulumi stack init --secrets-provider` takes it. @default the backend's own */
  secretsProvider?: string;
  /** Variables for the CLI, the program and the providers besides those of this process, such as the backend's credentials. */
  environment?: Readonly<Record<string, string>>;
}

/** How an operation is followed and ended. */
export interface OperationInputs extends StackAddress {
  /** Called with each event as it comes; the operation that comes back can be iterated over as well. It must not throw. */
  onEvent?: (event: StoreEvent) => void;
  /** Cancels the operation: the engine ends what it is at and keeps in the state what it has made. */
  signal?: AbortSignal;
}

/** A stack with what it is to deploy. */
export interface StackInputs extends StackAddress {
  config: StackConfig;
}

/** What accepts by name that data is lost. */
export interface AcceptedLosses {
  /**
   * Losses that are accepted: on production what the stack would lose, by the Pulumi name or URN of the resource or of its store; where
   * Longhorn is uninstalled, volumes that others use, by their claims as `namespace/name`. A name that accepts nothing is refused.
   * @default none
   */
  allowDataLoss?: readonly string[];
}

export interface PreviewInputs extends OperationInputs, StackInputs, AcceptedLosses {
  /** Stores and Longhorns that may be without protection on production, by their Pulumi names or URNs. @default none */
  allowUnprotected?: readonly string[];
}

/** An operation that could uninstall Longhorn. */
export interface VolumeCheckInputs {
  /** Does not look at the volumes of other workloads before Longhorn is uninstalled. @default false */
  skipVolumeCheck?: boolean;
}

export interface DeployInputs extends PreviewInputs, VolumeCheckInputs {
  /** Does not look at the cluster before Longhorn is installed. @default false */
  skipPreflight?: boolean;
  /** Does not compare what was deployed with what is there, which may take some seconds. @default false */
  skipVerification?: boolean;
}

export interface DestroyInputs extends OperationInputs, AcceptedLosses, VolumeCheckInputs {
  /** Takes the stack itself out of the backend as well, with its history. @default false */
  removeStack?: boolean;
}

export const defaultProject = "longhorn-s3";
