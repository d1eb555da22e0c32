import { openSandbox, SandboxError, type Sandbox, type SandboxProfile } from "../../sandbox";
import type { Cluster } from "../cluster/connection";
import { targetStores, namesCluster, type ClusterFlags } from "../pulumi/target-cluster";
import { bringUpSandbox, bringUpToolchain, removeSandbox } from "../features/demo/demo-sandbox";
import { deployStore } from "../features/demo/deploy-store";
import { ExitCode, ToolError } from "../errors";
import { onCluster } from "../diagnosis/on-cluster";
import type { Progress } from "../terminal/progress";
import { ClusterView } from "../cluster/failover-watch/watches";
import { clusterTarget, sandboxTarget, type DrillTarget } from "./target";

/** Cluster and store selected on the command line. */
export interface TargetFlags extends ClusterFlags {
  url?: string;
  namespace?: string;
  store?: string;
  directory?: string;
}

interface OpenOptions extends TargetFlags {
  progress: Progress;
  signal: AbortSignal;
  /** Profile of the sandbox to start if none runs; if absent, none is started. */
  startsSandbox?: SandboxProfile;
}

/** Seconds after which a cluster counts as unreachable. */
const answerSeconds = 30;

/**
 * Runs the work on the selected store: of a cluster, of the running sandbox, or of a sandbox that is started for it and
 * removed.
 *
 * @throws ToolError if the address of the store for clients is not known
 */
export async function onTarget<T>(options: OpenOptions, work: (target: DrillTarget) => Promise<T>): Promise<T> {
  const { url, namespace, store: name, directory, signal } = options;
  if (url !== undefined) refuseUserInfo(url);
  if (namesCluster(options)) {
    if (url === undefined) {
      throw new ToolError(
        "On a real cluster, set the URL of the store for clients: --url https://s3.example.com.",
        ExitCode.Refused,
      );
    }
    const { connection, ofStack, among } = await targetStores(options, signal);
    const open = (cluster: Cluster): Promise<DrillTarget> => clusterTarget(cluster, { namespace, name, among }, url);
    const asked = { failed: "the drill was not run", seconds: answerSeconds, ofStack, signal };
    return work(await onCluster(connection, open, asked));
  }
  const running = await runningSandbox(directory);
  if (running !== undefined) return work(await sandboxTarget(running, { namespace, name }));
  const { startsSandbox: profile } = options;
  if (profile !== undefined) return onSandboxOfItsOwn({ ...options, profile }, work);
  throw new ToolError(
    `No sandbox runs in ${directory ?? "the default folder"}: select a cluster with --stack, or with --kubeconfig and --context, or a sandbox with --directory.`,
    ExitCode.Refused,
  );
}

/** Refuses credentials in a URL, because they would be in the report and in the cluster. */
function refuseUserInfo(url: string): void {
  if (!URL.canParse(url))
    throw new ToolError(`--url is "${url}": expected a URL such as https://s3.example.com.`, ExitCode.Refused);
  const { username, password, protocol, host } = new URL(url);
  if (username === "" && password === "") return;
  throw new ToolError(
    `--url contains credentials: use ${protocol}//${host}. The keys are read from the store's Secret.`,
    ExitCode.Refused,
  );
}

async function runningSandbox(directory: string | undefined): Promise<Sandbox | undefined> {
  try {
    return await openSandbox(directory);
  } catch (error) {
    if (error instanceof SandboxError) return undefined;
    throw error;
  }
}

async function onSandboxOfItsOwn<T>(
  options: OpenOptions & { profile: SandboxProfile },
  work: (target: DrillTarget) => Promise<T>,
): Promise<T> {
  const { progress, signal, namespace, store: name, profile } = options;
  await bringUpToolchain(options);
  const sandbox = await bringUpSandbox(options);
  const { server } = new ClusterView(sandbox.kubeconfig);
  try {
    const { store } = await deployStore(sandbox, progress, signal);
    const choice = { namespace, name: name ?? store.outputs.serviceName };
    return await work(await sandboxTarget(sandbox, choice, ["--profile", profile]));
  } finally {
    const left = await removeSandbox(sandbox, [server], progress);
    for (const one of left) progress.note(`left behind: ${one}`);
  }
}
