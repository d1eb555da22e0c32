/** Environment and folders of a build. */
export interface BuildOptions {
  /** Environment of the user. */
  env: NodeJS.ProcessEnv;
  /** Folder of the Go modules. */
  modulesDirectory: string;
  /** Folder of the build logs. */
  logsDirectory: string;
  /** Cancels the build and removes its files. */
  signal?: AbortSignal;
}
