import type { Unwrap } from "@pulumi/pulumi";
import type { StackConfig as ProgramConfig } from "../../stacks/config/schema";
import type { StoreEvent } from "./events";

/** Configuration of a stack: the keys of `Pulumi.<stack>.yaml`. Secrets are plain strings. */
export type StackConfig = Unwrap<ProgramConfig>;

/** Stack, with access to its state and its secrets. */
export interface StackAddress {
  /** Name of the stack, with its organization if the backend has organizations. */
  stack: string;
  /** Name of the project. */
  project?: string;
  /**
   * URL of the backend, as for `pulumi login`: `file:///srv/state`, `s3://bucket`.
   *
   * @default the backend that the shell is logged in to
   */
  backend?: string;
  /** Passphrase of the stack's secrets. ⏎ ⏎ @default PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE */
  passphrase?: string;
  /**
   * Secrets provider of a new stack, as for `pulumi stack init --secrets-provider`.
   *
   * @default the default of the backend
   */
  secretsProvider?: string;
  /**
   * Environment variables for the CLI, the program and the providers, in addition to those of this process, such as the
   * backend's credentials.
   */
  environment?: Readonly<Record<string, string>>;
}

/** Options to observe and cancel an operation. */
export interface OperationInputs extends StackAddress {
  /**
   * Called with each event. The returned operation is also an async iterable of the events. The function must not
   * throw.
   */
  onEvent?: (event: StoreEvent) => void;
  /** Cancels the operation. The engine completes its current steps and saves the created resources in the state. */
  signal?: AbortSignal;
}

/** A stack with its configuration. */
export interface StackInputs extends StackAddress {
  config: StackConfig;
}

/** Accepted data loss. */
export interface AcceptedLosses {
  /**
   * Accepted losses. In production: resources or their stores, by Pulumi name or URN. If Longhorn is uninstalled:
   * volumes of other workloads, by claim as `namespace/name`. A name that matches nothing is refused.
   *
   * @default none
   */
  allowDataLoss?: readonly string[];
}

export interface PreviewInputs extends OperationInputs, StackInputs, AcceptedLosses {
  /**
   * Stores and Longhorn installations that may be unprotected in production, by Pulumi name or URN.
   *
   * @default none
   */
  allowUnprotected?: readonly string[];
}

/** Options of an operation that may uninstall Longhorn. */
export interface VolumeCheckInputs {
  /** Skips the check for volumes of other workloads before Longhorn is uninstalled. ⏎ ⏎ @default false */
  skipVolumeCheck?: boolean;
}

export interface DeployInputs extends PreviewInputs, VolumeCheckInputs {
  /** Skips the check of the cluster before Longhorn is installed. ⏎ ⏎ @default false */
  skipPreflight?: boolean;
  /**
   * Skips the comparison of the deployed resources with the cluster, which may take some seconds.
   *
   * @default false
   */
  skipVerification?: boolean;
}

export interface DestroyInputs extends OperationInputs, AcceptedLosses, VolumeCheckInputs {
  /** Removes the stack and its history from the backend too. ⏎ ⏎ @default false */
  removeStack?: boolean;
}

export const defaultProject = "longhorn-s3";
