import { KubeConfig } from "@kubernetes/client-node";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { ExitCode, ToolError } from "../errors";

/** Cluster of a stack. */
export interface Connection {
  /** Path or content of a kubeconfig; if absent, that of kubectl. */
  kubeconfig?: string;
  /**
   * Context.
   *
   * @default the kubeconfig's current context
   */
  context?: string;
  /**
   * Flags that name the cluster.
   *
   * @default those of its kubeconfig and context
   */
  reachedBy?: readonly string[];
}

/** Cluster, and its name on a command line. */
export interface Cluster {
  config: KubeConfig;
  /** Flags that name the cluster, for printed commands. */
  reachedBy: readonly string[];
}

/**
 * Returns the cluster of a connection without a request.
 *
 * @throws ToolError as `kubeConfigOf`
 */
export function clusterOf(connection: Connection): Cluster {
  const config = kubeConfigOf(connection);
  const { kubeconfig, reachedBy } = connection;
  if (reachedBy !== undefined) return { config, reachedBy };
  // A content, such as a provider's, is nowhere in a file that could be named.
  const file = kubeconfig !== undefined && isContent(kubeconfig) ? "KUBECONFIG" : kubeconfig;
  return {
    config,
    reachedBy: [...(file === undefined ? [] : ["--kubeconfig", file]), "--context", config.getCurrentContext()],
  };
}

/**
 * Returns the kubeconfig of a connection.
 *
 * @throws ToolError if it cannot be read, or does not have the context
 */
export function kubeConfigOf({ kubeconfig, context }: Connection): KubeConfig {
  const config = readKubeConfig(kubeconfig);
  const wanted = context ?? config.getCurrentContext();
  const there = config.getContexts().map(({ name }) => name);
  if (!there.includes(wanted)) throw noSuchContext(wanted, there, nameOf(kubeconfig));
  config.setCurrentContext(wanted);
  if (config.getCurrentCluster() === null) {
    throw new ToolError(
      `Context "${wanted}" of ${nameOf(kubeconfig)} refers to a cluster that is not defined.`,
      ExitCode.Refused,
    );
  }
  return config;
}

/**
 * Returns a kubeconfig with all its contexts.
 *
 * @throws ToolError if it does not exist or cannot be read
 */
export function readKubeConfig(kubeconfig: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else if (isContent(kubeconfig)) config.loadFromString(kubeconfig);
    else config.loadFromString(readFileSync(kubeconfig.replace(/^~(?=\/)/, homedir()), "utf8"));
  } catch (cause) {
    // A parser shows the lines that it fails on, and in these are keys.
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw new ToolError(
      `Cannot read ${nameOf(kubeconfig)}: ${reason}. Set --kubeconfig, or the environment variable KUBECONFIG, to a readable file.`,
      ExitCode.EnvironmentLacks,
      { cause },
    );
  }
  // client-node goes there when it finds none.
  if (kubeconfig === undefined && config.getCurrentCluster()?.server === "http://localhost:8080") {
    throw new ToolError(
      "There is no kubeconfig: set --kubeconfig, or the environment variable KUBECONFIG.",
      ExitCode.EnvironmentLacks,
    );
  }
  return config;
}

const isContent = (kubeconfig: string): boolean => /[\n{]/.test(kubeconfig);

function nameOf(kubeconfig: string | undefined): string {
  if (kubeconfig !== undefined) return isContent(kubeconfig) ? "the stack's kubeconfig" : `kubeconfig ${kubeconfig}`;
  const named = process.env["KUBECONFIG"] ?? "";
  return named === "" ? "kubeconfig ~/.kube/config" : `kubeconfig ${named}`;
}

function noSuchContext(wanted: string, there: readonly string[], kubeconfig: string): ToolError {
  const missing = wanted === "" ? "no current context" : `no context "${wanted}"`;
  const contexts = there.length === 0 ? "it has none" : `expected one of: ${[...there].sort().join(", ")}`;
  return new ToolError(`There is ${missing} in ${kubeconfig}; ${contexts}.`, ExitCode.Refused);
}
