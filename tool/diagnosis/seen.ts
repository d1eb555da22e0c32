import type { Fault } from "./fault";
import type { ClaimFacts, ClusterFacts, HelmRecord, NamespaceFacts, PodFacts, WorkloadFacts } from "../cluster/facts";
import { imagePull, podSecurity, repair } from "./said";

/**
 * Returns the faults in the cluster's facts that can explain why an operation on `stack` timed out.
 *
 * @param cwd folder of `Pulumi.yaml`, for the suggested commands
 */
export function faultsSeen(facts: ClusterFacts, stack: string, cwd = "."): Fault[] {
  const repairs = repair(stack, cwd);
  return [
    ...stuckReleases(facts.releases).map((record) => ofRelease(record, repairs)),
    ...facts.namespaces.filter(({ terminating }) => terminating).map((namespace) => ofNamespace(namespace, repairs)),
    ...facts.claims.map(ofClaim),
    ...facts.workloads.flatMap(ofWorkload),
    ...imagePulls(facts.pods),
    ...facts.pods.flatMap(unscheduled),
  ];
}

/**
 * Returns, for each release, the newest record if Helm refuses to continue from it. A failed one is no fault: the next
 * operation continues.
 */
export function stuckReleases(records: readonly HelmRecord[]): HelmRecord[] {
  const isNewest = ({ namespace, release, revision }: HelmRecord): boolean =>
    !records.some((other) => other.namespace === namespace && other.release === release && other.revision > revision);
  return records.filter((record) => isNewest(record) && /^(pending-|uninstalling$)/.test(record.status));
}

function ofRelease({ namespace, release, revision, status }: HelmRecord, repairs: string): Fault {
  const subject = `Helm release ${namespace}/${release}`;
  return {
    kind: "helm-release-stuck",
    subject,
    sentence: `${subject} is "${status}" in revision ${revision}: an operation of Helm did not complete.`,
    remedy: `Reset the record with ${repairs}.`,
  };
}

function ofNamespace({ name, remaining }: NamespaceFacts, repairs: string): Fault {
  const why = remaining.length === 0 ? "" : ` Kubernetes says: ${remaining.join(" ")}`;
  return {
    kind: "namespace-terminating",
    subject: `Namespace ${name}`,
    sentence: `Namespace ${name} is terminating and accepts no new objects.${why}`,
    remedy: `Wait until it is deleted, then run the command again. ${repairs} shows what blocks the deletion.`,
  };
}

function ofClaim({ namespace, name, storageClass, found, event }: ClaimFacts): Fault {
  const subject = `PersistentVolumeClaim ${namespace}/${name}`;
  const fault = (reason: string, remedy: string): Fault => ({
    kind: "claim-unbound",
    subject,
    sentence: `${subject} has no volume: ${reason}`,
    remedy,
  });
  if (storageClass === "") {
    return fault("it has no StorageClass, and the cluster has no default.", "Set `volume.storageClassName`.");
  }
  if (found === undefined) {
    return fault(
      `StorageClass "${storageClass}" does not exist.`,
      "List the existing ones with `kubectl get storageclass`. The class of a claim is immutable: to change it, delete the claim, " +
        "which has no data yet.",
    );
  }
  if (event?.reason === "ProvisioningFailed") {
    return fault(
      `${found.provisioner} could not create it: ${event.message}`,
      "Fix the cause; the provisioner retries automatically.",
    );
  }
  if (found.waitsForConsumer && event?.reason === "WaitForFirstConsumer") {
    return fault(
      `StorageClass "${storageClass}" creates it when a pod uses the claim, and no pod does.`,
      "Find out why the pod does not exist: see the other faults.",
    );
  }
  return fault(
    `the provisioner of StorageClass "${storageClass}", ${found.provisioner}, does not respond.`,
    `Check that it runs (\`kubectl get csidrivers\`, \`kubectl get pods -A\`). It then creates the volume, and the ` +
      "next run continues from there.",
  );
}

function ofWorkload({ kind, namespace, name, refused }: WorkloadFacts): Fault[] {
  const violation = /violates PodSecurity "([^"]+)": (.*)/s.exec(refused);
  if (violation === null) return [];
  const [, level = "", reason = ""] = violation;
  return [{ kind: "pod-security", ...podSecurity(`${kind} ${namespace}/${name}`, level, reason) }];
}

/**
 * Returns one fault per image and namespace: a gateway and the DaemonSet that pre-pulls its image have the same cause.
 */
function imagePulls(pods: readonly PodFacts[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { namespace, name, waiting } of pods) {
    for (const { image, reason, message } of waiting) {
      if (!/^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)$/.test(reason)) continue;
      const key = `${namespace} ${image}`;
      if (faults.has(key)) continue;
      faults.set(key, { kind: "image-pull", ...imagePull(`Pod ${namespace}/${name}`, image, lastOf(message)) });
    }
  }
  return [...faults.values()];
}

function unscheduled({ namespace, name, unscheduled: reason }: PodFacts): Fault[] {
  const subject = `Pod ${namespace}/${name}`;
  // The fault of a claim without a volume explains its pod.
  if (
    reason === undefined ||
    /unbound immediate PersistentVolumeClaims|persistentvolumeclaim ".*" not found/.test(reason)
  ) {
    return [];
  }
  return [
    {
      kind: "unschedulable",
      subject,
      sentence: `${subject} cannot be scheduled: ${reason}`,
      remedy:
        "Free resources on a node, uncordon one, or change the pod (`pod.nodeSelector`, `pod.tolerations`, `pod.resources`). " +
        "The pod is scheduled as soon as a node fits.",
    },
  ];
}

/** Returns the innermost reason of a chain of errors. */
const lastOf = (message: string): string => message.split(": ").slice(-2).join(": ");
