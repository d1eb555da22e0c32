import { KubeConfig } from "@kubernetes/client-node";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";

/** Which cluster a stack is on. */
export interface Connection {
  /** Path of a kubeconfig file or its content; where kubectl looks when absent. */
  kubeconfig?: string;
  /** @default the kubeconfig's current context */
  context?: string;
}

/** The kubeconfig of a connection, ready for use. */
export function kubeConfigOf({ kubeconfig, context }: Connection): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else if (/[\n{]/.test(kubeconfig)) config.loadFromString(kubeconfig);
  else config.loadFromString(readFileSync(kubeconfig.replace(/^~(?=\/)/, homedir()), "utf8"));
  if (config.getCurrentCluster()?.server === "http://localhost:8080") {
    throw new Error("there is no kubeconfig: set KUBECONFIG to one"); // client-node goes there when it finds none
  }
  if (context !== undefined) config.setCurrentContext(context);
  return config;
}
