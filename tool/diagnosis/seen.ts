import type { Fault } from "./fault";
import type { ClaimFacts, ClusterFacts, HelmRecord, NamespaceFacts, PodFacts, WorkloadFacts } from "../cluster/facts";
import { imagePull, podSecurity, repair } from "./said";

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
    sentence: `${subject} is "${status}" in revision ${revision}: an operation of Helm's began and did not end.`,
    remedy: `${mends} shows the record and sets it back.`,
  };
}

function ofNamespace({ name, remaining }: NamespaceFacts, mends: string): Fault {
  const why = remaining.length === 0 ? "" : ` Kubernetes says: ${remaining.join(" ")}`;
  return {
    kind: "namespace-terminating",
    subject: `Namespace ${name}`,
    sentence: `Namespace ${name} is being deleted, and takes nothing new.${why}`,
    remedy: `Wait until it is gone, then run the command again. ${mends} shows what holds it.`,
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
    return fault("it names no StorageClass, and the cluster has no default.", "Name one: `volume.storageClassName`.");
  }
  if (found === undefined) {
    return fault(
      `there is no StorageClass "${storageClass}".`,
      "`kubectl get storageclass` lists those that there are. The claim keeps the class it was made with: delete the claim, " +
        "which holds nothing yet, when you name another.",
    );
  }
  if (event?.reason === "ProvisioningFailed") {
    return fault(
      `${found.provisioner} could not make one: ${event.message}`,
      "Mend what it says; it tries again by itself.",
    );
  }
  if (found.waitsForConsumer && event?.reason === "WaitForFirstConsumer") {
    return fault(
      `class "${storageClass}" makes it when a pod uses the claim, and none does.`,
      "See why the pod is not there: it is said above or below.",
    );
  }
  return fault(
    `the provisioner of class "${storageClass}", ${found.provisioner}, has not answered.`,
    `See that it runs (\`kubectl get csidrivers\`, \`kubectl get pods -A\`). It makes the volume when it is there, and the ` +
      "next run goes on from here.",
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
      sentence: `${subject} has no node: ${reason}`,
      remedy:
        "Make room on a node, uncordon one, or change what the pod asks for (`pod.nodeSelector`, `pod.tolerations`, `pod.resources`). " +
        "It is placed by itself as soon as a node fits.",
    },
  ];
}

/** Returns the reason at the end of a chain of errors. */
const lastOf = (message: string): string => message.split(": ").slice(-2).join(": ");
