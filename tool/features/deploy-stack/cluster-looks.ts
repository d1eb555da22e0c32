import { lookAt } from "../../diagnosis/on-cluster";
import { readStackPlaces } from "../../pulumi/stack-places";
import { nothingAccepted } from "../guards/words";
import { readStuckPods, stuckPodText, type StuckPod } from "../verify/stuck-pods";
import { askedOfStack, compareStack } from "../verify/verify";
import type { Verification } from "./events";
import type { StackRun } from "./steps";

/** Time limit of the search for pods that could delay an update. */
const stuckPodsSeconds = 20;

/** Finds the pods on failed nodes that an update would wait for, because Kubernetes does not report them. */
export async function findStuckPods({ operations, words, signal, onEvent }: StackRun): Promise<StuckPod[]> {
  // The preview tells of a stack or a cluster that does not answer.
  const exported = await operations.exported().catch(() => ({}));
  const { connection, namespaces } = readStackPlaces(exported);
  if (namespaces.length === 0) return [];
  const { reachedBy } = words;
  const looked = await lookAt(
    { ...connection, ...(reachedBy && { reachedBy }) },
    async (cluster) => ({ pods: await readStuckPods(cluster.config, namespaces), reachedBy: cluster.reachedBy }),
    stuckPodsSeconds,
    signal,
  );
  if (!looked.isKnown) return [];
  const { seen } = looked;
  for (const pod of seen.pods) onEvent({ type: "stuck-pod", pod, message: stuckPodText(pod, seen.reachedBy) });
  return seen.pods;
}

/** Compares the deployed configuration with the cluster. Findings do not fail the deployment. */
export async function verifyDeployment(run: StackRun): Promise<Verification> {
  const verification = await verificationOf(run);
  run.onEvent({ type: "verified", verification });
  return verification;
}

async function verificationOf({ stack, operations, words, signal, onEvent }: StackRun): Promise<Verification> {
  try {
    const exported = await operations.exported();
    const asked = askedOfStack(exported, stack, words.invocation("up", nothingAccepted));
    onEvent({ type: "step-started", step: "Verify" });
    return { isKnown: true, findings: await compareStack(exported, asked, { signal }) };
  } catch (error) {
    return { isKnown: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
