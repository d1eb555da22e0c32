import { fencingCrds } from "../../../components/fencing";
import { longhornNamespace } from "../../../components/longhorn";
import { upgradeViolations } from "../../../components/longhorn/upgrade";
import type { Remediator, TolerationArgs } from "../../../index";
import { tolerateAll } from "../../../components/taints";
import type { ClusterFacts } from "./cluster-facts";
import { kubernetesFor } from "./kubernetes-versions";

/** Planned deployment. */
export interface Plan {
  longhornVersion: string;
  /** Name of the StorageClass to create. */
  storageClassName: string;
  numberOfReplicas: number;
  /** Namespace of the Longhorn that the stack uses without installing it; undefined if it installs one. */
  existingNamespace?: string;
  /**
   * Whether the stack can have installed the existing Longhorn.
   *
   * @default unknown
   */
  canBeOwn?: boolean;
  /** With `Fence`: the remediator that powers nodes off. */
  remediator?: Remediator;
  /**
   * Tolerations of each kind of pod that a store needs on a node: Longhorn's, and the gateways'.
   *
   * @default none
   */
  tolerations?: readonly (readonly TolerationArgs[])[];
}

/** Finding before a first deployment. */
export interface PreflightFinding {
  /**
   * `error`: the deployment would fail, or the store would not survive the loss of a node. `warning`: a feature would not work
   * as expected. `ok`: checked.
   */
  severity: "error" | "warning" | "ok";
  what: string;
  /** Fix, if there is one. */
  remedy?: string;
}

/** Returns all findings about a cluster before a deployment. */
export function preflightFindings(facts: ClusterFacts, plan: Plan): PreflightFinding[] {
  return [
    { severity: "ok", what: `context ${facts.context}, server ${facts.server}` },
    kubernetesFinding(facts, plan),
    nodesFinding(facts, plan),
    ...podSecurityFindings(facts, plan),
    ...longhornFindings(facts, plan),
    ...classFindings(facts, plan),
    ...fencingFindings(facts, plan),
    ...requirementFindings(facts),
  ];
}

function kubernetesFinding({ version }: ClusterFacts, { longhornVersion }: Plan): PreflightFinding {
  const { least, tested } = kubernetesFor(longhornVersion);
  const minor = Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? NaN);
  const [first, last] = tested;
  const what = `Kubernetes ${version} for Longhorn ${longhornVersion}`;
  if (minor < least) {
    return {
      severity: "error",
      what: `${what}, whose chart requires 1.${least} or later`,
      remedy: "upgrade Kubernetes, or use an older Longhorn",
    };
  }
  if (minor >= first && minor <= last) return { severity: "ok", what };
  const remedy = "try it on a test cluster, or use a version of Longhorn that was tested with it";
  return { severity: "warning", what: `${what}, which was tested with 1.${first} to 1.${last}`, remedy };
}

function nodesFinding({ nodes }: ClusterFacts, { numberOfReplicas, tolerations = [[]] }: Plan): PreflightFinding {
  const usable = nodes.filter(
    ({ ready, schedulable, taints }) => ready && schedulable && tolerations.every((pod) => tolerateAll(pod, taints)),
  );
  const others = nodes.filter((node) => !usable.includes(node)).map(({ name }) => name);
  const what = `${usable.length} of ${nodes.length} nodes are ready and schedulable${others.length === 0 ? "" : ` (not: ${others.join(", ")})`}`;
  if (usable.length < 2) {
    return {
      severity: "error",
      what,
      remedy:
        "a store needs a second node for a failover: add nodes, or set longhorn.placement and a store's pod.tolerations for tainted ones",
    };
  }
  if (usable.length < numberOfReplicas) {
    const remedy = `for ${numberOfReplicas} replicas on different nodes, as many nodes are required: add nodes, or lower storageClass.numberOfReplicas`;
    return { severity: "warning", what, remedy };
  }
  return { severity: "ok", what };
}

/** Checks Pod Security, because Longhorn's pods are privileged. */
function podSecurityFindings({ namespaceLabels }: ClusterFacts, { existingNamespace }: Plan): PreflightFinding[] {
  if (existingNamespace !== undefined) return [];
  const label = "pod-security.kubernetes.io/enforce";
  const enforced = namespaceLabels?.[label];
  if (enforced === undefined || enforced === "privileged") return [];
  return [
    {
      severity: "error",
      what: `namespace ${longhornNamespace} enforces Pod Security "${enforced}", but Longhorn's pods are privileged`,
      remedy: `kubectl label namespace ${longhornNamespace} --overwrite ${label}=privileged`,
    },
  ];
}

function longhornFindings(facts: ClusterFacts, plan: Plan): PreflightFinding[] {
  const { longhornVersion: installed, longhornNamespace: namespace = longhornNamespace } = facts;
  const { longhornVersion, existingNamespace, canBeOwn } = plan;
  if (existingNamespace !== undefined) return existingFindings(facts, existingNamespace, longhornVersion);
  if (installed === undefined) return [withoutLonghorn(facts)];
  if (namespace !== longhornNamespace) {
    return [
      {
        severity: "error",
        what: `Longhorn ${installed} is in namespace ${namespace}, and a cluster can have only one`,
        remedy: `use it instead of longhorn: existingLonghorn with namespace: "${namespace}" and version: "${installed}"`,
      },
    ];
  }
  const what = `Longhorn ${installed} is installed`;
  if (canBeOwn === false) {
    const remedy = "existingLonghorn instead of longhorn to use it as it is, or longhorn-s3 adopt to adopt it";
    return [{ severity: "error", what: `${what}, and this stack did not install it`, remedy }];
  }
  const [violation] = upgradeViolations({ version: installed }, longhornVersion);
  if (violation !== undefined) {
    const remedy = `allowed: ${violation.allowed}`;
    return [{ severity: "error", what: `${what}, and ${longhornVersion} is requested`, remedy }];
  }
  const remedy = "if this stack did not install it, use it with existingLonghorn, or adopt its release";
  return [{ severity: "warning", what, remedy }];
}

/**
 * Checks CustomResourceDefinitions without a Longhorn: leftovers, or those of a Longhorn that has not started. Helm does not
 * take over those of another release.
 */
function withoutLonghorn({ customResourceDefinitions }: ClusterFacts): PreflightFinding {
  const count = customResourceDefinitions.filter((name) => name.endsWith(".longhorn.io")).length;
  if (count === 0) return { severity: "ok", what: "Longhorn is not installed" };
  return {
    severity: "warning",
    what: `Longhorn does not run, but ${count} of its CustomResourceDefinitions exist`,
    remedy: "find the Helm release that created them: kubectl describe crd settings.longhorn.io",
  };
}

/** Returns the differences between the existing Longhorn and the stack's `existingLonghorn`. */
function existingFindings(
  { longhornVersion: installed, longhornNamespace: namespace = longhornNamespace }: ClusterFacts,
  wantedNamespace: string,
  wantedVersion: string,
): PreflightFinding[] {
  if (installed === undefined) {
    const remedy = "install Longhorn first, or set longhorn instead of existingLonghorn";
    return [{ severity: "error", what: "existingLonghorn is set, but Longhorn is not installed", remedy }];
  }
  const what = `Longhorn ${installed} is in namespace ${namespace}`;
  const wrong = [
    ...(namespace === wantedNamespace ? [] : [["namespace", wantedNamespace, namespace] as const]),
    ...(installed === wantedVersion ? [] : [["version", wantedVersion, installed] as const]),
  ];
  if (wrong.length === 0) return [{ severity: "ok", what }];
  return wrong.map(([input, said, is]) => ({
    severity: input === "namespace" ? "error" : "warning",
    what: `${what}, and existingLonghorn.${input} is "${said}"`,
    remedy: `existingLonghorn.${input}: "${is}"`,
  }));
}

function classFindings(
  { storageClasses, longhornVersion }: ClusterFacts,
  { storageClassName, existingNamespace }: Plan,
): PreflightFinding[] {
  if (existingNamespace !== undefined) {
    if (storageClasses.includes(storageClassName)) return [];
    const what = `StorageClass ${storageClassName}, set in existingLonghorn.storageClassName, does not exist`;
    const remedy = `existingLonghorn.storageClassName: one of ${storageClasses.join(", ") || "none"}`;
    return [{ severity: "error", what, remedy }];
  }
  if (!storageClasses.includes(storageClassName) || longhornVersion !== undefined) return [];
  const remedy = "if this stack did not create it, change storageClass.name, or adopt it";
  return [{ severity: "warning", what: `StorageClass ${storageClassName} exists`, remedy }];
}

function fencingFindings({ customResourceDefinitions }: ClusterFacts, { remediator }: Plan): PreflightFinding[] {
  if (remediator === undefined) return [];
  const missing = fencingCrds(remediator).filter((name) => !customResourceDefinitions.includes(name));
  if (missing.length === 0) return [{ severity: "ok", what: `the operators for ${remediator} are installed` }];
  const remedy = "install medik8s' operators: https://www.medik8s.io";
  return [
    {
      severity: "error",
      what: `CustomResourceDefinitions that ${remediator} requires are missing: ${missing.join(", ")}`,
      remedy,
    },
  ];
}

/** Checks the nodes' conditions, which only Longhorn's managers report. */
function requirementFindings({ longhornVersion, nodeProblems }: ClusterFacts): PreflightFinding[] {
  if (longhornVersion === undefined) {
    const what = "iscsid, kernel modules and multipath on the nodes cannot be checked remotely";
    return [{ severity: "ok", what, remedy: "longhornctl check preflight" }];
  }
  return nodeProblems.map((problem) => ({
    severity: "warning" as const,
    what: `Longhorn reports on node ${problem} that it is missing`,
    remedy: "https://longhorn.io/docs/latest/deploy/install/#installation-requirements",
  }));
}
