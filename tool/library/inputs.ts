import type { Unwrap } from "@pulumi/pulumi";
import type { StackConfig as ProgramConfig } from "../../stacks/config/schema";
import type { StoreEvent } from "./events";

/** Configuration of a stack as data, with the keys of `Pulumi.<stack>.yaml`. Secrets are plain texts. */
export type StackConfig = Unwrap<ProgramConfig>;

/** Stack, and access to its state and its secrets. */
export interface StackAddress {
  /** Name of the stack, with its organization if the backend has organizations. */
  stack: string;
  /**
   * Name of its project.
   *
   * @default "longhorn-s3"
   */
  project?: string;
  /**
   * URL of the backend, as for `pulumi login`: `file:///srv/state`, `s3://bucket`.
   *
   * @default the backend of the shell
   */
  backend?: string;
  /**
   * Passphrase of the stack's secrets.
   *
   * @default that of PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE
   */
  passphrase?: string;
  /**
   * Secrets provider of a new stack, as for `pulumi stack init --secrets-provider`.
   *
   * @default that of the backend
   */
  secretsProvider?: string;
  /**
   * Environment variables for the CLI, the program and the providers in addition to those of this process, such as the
   * backend's credentials.
   */
  environment?: Readonly<Record<string, string>>;
}

/** Options to follow and cancel an operation. */
export interface OperationInputs extends StackAddress {
  /** Called with each event. The returned operation can be iterated over as well. Must not throw. */
  onEvent?: (event: StoreEvent) => void;
  /** Cancels the operation. The engine completes the running steps and records them in the state. */
  signal?: AbortSignal;
}

/** Stack, with its configuration. */
export interface StackInputs extends StackAddress {
  config: StackConfig;
}

/** Accepted losses of data. */
export interface AcceptedLosses {
  /**
   * Losses that are accepted. On production stacks: lost resources, by the Pulumi name or URN of the resource or of its store.
   * If Longhorn is uninstalled: volumes that others use, by their claims as `namespace/name`. A name without a planned loss is
   * refused.
   *
   * @default none
   */
  allowDataLoss?: readonly string[];
}

export interface PreviewInputs extends OperationInputs, StackInputs, AcceptedLosses {
  /**
   * Stores and Longhorns of a production stack that may be without protection, by their Pulumi names or URNs.
   *
   * @default none
   */
  allowUnprotected?: readonly string[];
}

/** Operation that could uninstall Longhorn. */
export interface VolumeCheckInputs {
  /**
   * Skips the check of other workloads' volumes before Longhorn is uninstalled.
   *
   * @default false
   */
  skipVolumeCheck?: boolean;
}

export interface DeployInputs extends PreviewInputs, VolumeCheckInputs {
  /**
   * Skips the check of the cluster before Longhorn is installed.
   *
   * @default false
   */
  skipPreflight?: boolean;
  /**
   * Skips the comparison of the deployed configuration with the cluster, which may take some seconds.
   *
   * @default false
   */
  skipVerification?: boolean;
}

export interface DestroyInputs extends OperationInputs, AcceptedLosses, VolumeCheckInputs {
  /**
   * Removes the stack itself with its history from the backend too.
   *
   * @default false
   */
  removeStack?: boolean;
}

export const defaultProject = "longhorn-s3";
