/** Environment and folders of a build. */
export interface BuildOptions {
  /** The user's own environment. */
  env: NodeJS.ProcessEnv;
  /** Folder with the Go modules. */
  modulesDirectory: string;
  /** Folder for the logs of builds. */
  logsDirectory: string;
  /** Interrupts the build; nothing of it is left. */
  signal?: AbortSignal;
}
