import type { Fault } from "./fault";
import type { ClaimFacts, ClusterFacts, HelmRecord, NamespaceFacts, PodFacts, WorkloadFacts } from "../cluster/facts";
import { imagePull, podSecurity, repair } from "./from-messages";

/**
 * Returns the faults in the cluster that may have kept an operation on `stack` waiting.
 *
 * @param cwd folder of `Pulumi.yaml`, for printed commands
 */
export function faultsSeen(facts: ClusterFacts, stack: string, cwd = "."): Fault[] {
  const mends = repair(stack, cwd);
  return [
    ...stuckReleases(facts.releases).map((record) => ofRelease(record, mends)),
    ...facts.namespaces.filter(({ terminating }) => terminating).map((namespace) => ofNamespace(namespace, mends)),
    ...facts.claims.map(ofClaim),
    ...facts.workloads.flatMap(ofWorkload),
    ...imagePulls(facts.pods),
    ...facts.pods.flatMap(unscheduled),
  ];
}

/**
 * Returns the newest record of each release from which Helm refuses to continue. A failed one is not among them, because the
 * next operation continues from it.
 */
export function stuckReleases(records: readonly HelmRecord[]): HelmRecord[] {
  const isNewest = ({ namespace, release, revision }: HelmRecord): boolean =>
    !records.some((other) => other.namespace === namespace && other.release === release && other.revision > revision);
  return records.filter((record) => isNewest(record) && /^(pending-|uninstalling$)/.test(record.status));
}

function ofRelease({ namespace, release, revision, status }: HelmRecord, mends: string): Fault {
  const subject = `Helm release ${namespace}/${release}`;
  return {
    kind: "helm-release-stuck",
    subject,
    sentence: `${subject} is "${status}" in revision ${revision}: an operation of Helm did not finish.`,
    remedy: `${mends} shows the record and resets it.`,
  };
}

function ofNamespace({ name, remaining }: NamespaceFacts, mends: string): Fault {
  const why = remaining.length === 0 ? "" : ` Kubernetes says: ${remaining.join(" ")}`;
  return {
    kind: "namespace-terminating",
    subject: `Namespace ${name}`,
    sentence: `Namespace ${name} is being deleted and accepts no new objects.${why}`,
    remedy: `Wait until it is deleted, then run the command again. ${mends} shows what blocks it.`,
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
    return fault("it sets no StorageClass, and the cluster has no default.", "Set one: `volume.storageClassName`.");
  }
  if (found === undefined) {
    return fault(
      `StorageClass "${storageClass}" does not exist.`,
      "`kubectl get storageclass` lists the existing ones. The claim keeps the class that it was created with: delete the claim, " +
        "which has no data yet, to use another one.",
    );
  }
  if (event?.reason === "ProvisioningFailed") {
    return fault(
      `${found.provisioner} could not create one: ${event.message}`,
      "Fix the reported problem; it retries automatically.",
    );
  }
  if (found.waitsForConsumer && event?.reason === "WaitForFirstConsumer") {
    return fault(
      `class "${storageClass}" creates it when a pod uses the claim, but none does.`,
      "Check why the pod does not exist: the reason is listed above or below.",
    );
  }
  return fault(
    `the provisioner of class "${storageClass}", ${found.provisioner}, has not responded.`,
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

/** Returns one fault per image and namespace, because a gateway and the DaemonSet that pulls its image have the same cause. */
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
  // A pod whose claim has no volume waits for that, and the claim says why.
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
        "Free capacity on a node, uncordon one, or change the pod's requirements (`pod.nodeSelector`, `pod.tolerations`, `pod.resources`). " +
        "It is scheduled as soon as a node fits.",
    },
  ];
}

/** Returns the reason at the end of a chain of errors. */
const lastOf = (message: string): string => message.split(": ").slice(-2).join(": ");
