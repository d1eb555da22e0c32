import { fencingCrds } from "../../../components/fencing";
import { longhornNamespace } from "../../../components/longhorn";
import { upgradeViolations } from "../../../components/longhorn/upgrade";
import type { Remediator, TolerationArgs } from "../../../index";
import { tolerateAll } from "../../../components/taints";
import type { ClusterFacts } from "./cluster-facts";
import { kubernetesFor } from "./kubernetes-versions";

/** What is going to be deployed. */
export interface Plan {
  longhornVersion: string;
  /** Name of the StorageClass that is made. */
  storageClassName: string;
  numberOfReplicas: number;
  /**
   * Whether the stack can have installed the existing Longhorn.
   * @default not known
   */
  canBeOwn?: boolean;
  /** With `Fence`: who proves that a node is off. */
  fencingAgent?: Remediator;
  /**
   * What each kind of pod that a store needs on a node tolerates: Longhorn's, and the gateways'.
   * @default nothing
   */
  tolerations?: readonly (readonly TolerationArgs[])[];
}

/** Something that a first deployment should know. */
export interface PreflightFinding {
  /** `error`: it would fail, or not be a store that survives a node; `warning`: it would do less than it seems to; `ok`: looked at. */
  severity: "error" | "warning" | "ok";
  what: string;
  /** What to do, where there is something to do. */
  remedy?: string;
}

/** Everything that can be said of a cluster before anything is deployed on it. */
export function preflightFindings(facts: ClusterFacts, plan: Plan): PreflightFinding[] {
  return [
    { severity: "ok", what: `context ${facts.context}, server ${facts.server}` },
    kubernetesFinding(facts, plan),
    nodesFinding(facts, plan),
    ...podSecurityFindings(facts),
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
      what: `${what}, whose chart asks for 1.${least} or newer`,
      remedy: "upgrade Kubernetes, or take an older Longhorn",
    };
  }
  if (minor >= first && minor <= last) return { severity: "ok", what };
  const remedy = "try it on a cluster that nobody needs, or take a version of Longhorn that was tested with it";
  return { severity: "warning", what: `${what}, which was tested with 1.${first} to 1.${last}`, remedy };
}

function nodesFinding({ nodes }: ClusterFacts, { numberOfReplicas, tolerations = [[]] }: Plan): PreflightFinding {
  const usable = nodes.filter(
    ({ ready, schedulable, taints }) => ready && schedulable && tolerations.every((pod) => tolerateAll(pod, taints)),
  );
  const others = nodes.filter((node) => !usable.includes(node)).map(({ name }) => name);
  const what = `${usable.length} of ${nodes.length} nodes are ready and take pods${others.length === 0 ? "" : ` (not: ${others.join(", ")})`}`;
  if (usable.length < 2) {
    return {
      severity: "error",
      what,
      remedy:
        "a store needs a second node to move to: add nodes, or longhorn.placement and a store's pod.tolerations for tainted ones",
    };
  }
  if (usable.length < numberOfReplicas) {
    const remedy = `for ${numberOfReplicas} replicas on nodes of their own there have to be as many nodes: add some, or lower storageClass.numberOfReplicas`;
    return { severity: "warning", what, remedy };
  }
  return { severity: "ok", what };
}

/** Longhorn's pods are privileged. */
function podSecurityFindings({ namespaceLabels }: ClusterFacts): PreflightFinding[] {
  const label = "pod-security.kubernetes.io/enforce";
  const enforced = namespaceLabels?.[label];
  if (enforced === undefined || enforced === "privileged") return [];
  return [
    {
      severity: "error",
      what: `namespace ${longhornNamespace} enforces Pod Security "${enforced}", and Longhorn's pods are privileged`,
      remedy: `kubectl label namespace ${longhornNamespace} --overwrite ${label}=privileged`,
    },
  ];
}

function longhornFindings(
  { longhornVersion: installed }: ClusterFacts,
  { longhornVersion, canBeOwn }: Plan,
): PreflightFinding[] {
  if (installed === undefined) return [{ severity: "ok", what: "no Longhorn is there" }];
  const what = `Longhorn ${installed} is there`;
  if (canBeOwn === false) {
    const remedy = "existingLonghorn, in place of longhorn, to use it as it is, or longhorn-s3 adopt to take it over";
    return [{ severity: "error", what: `${what}, and this stack did not install it`, remedy }];
  }
  const [violation] = upgradeViolations(installed, longhornVersion);
  if (violation !== undefined) {
    const remedy = `allowed is ${violation.allowed}`;
    return [{ severity: "error", what: `${what}, and ${longhornVersion} is asked for`, remedy }];
  }
  const remedy = "if this stack did not install it, use it by existingLonghorn, or take its release over by adopt";
  return [{ severity: "warning", what, remedy }];
}

function classFindings(
  { storageClasses, longhornVersion }: ClusterFacts,
  { storageClassName }: Plan,
): PreflightFinding[] {
  if (!storageClasses.includes(storageClassName) || longhornVersion !== undefined) return [];
  const remedy = "if this stack did not make it, give storageClass.name another name, or take it over by adopt";
  return [{ severity: "warning", what: `StorageClass ${storageClassName} is there`, remedy }];
}

function fencingFindings({ customResourceDefinitions }: ClusterFacts, { fencingAgent }: Plan): PreflightFinding[] {
  if (fencingAgent === undefined) return [];
  const missing = fencingCrds(fencingAgent).filter((name) => !customResourceDefinitions.includes(name));
  if (missing.length === 0) return [{ severity: "ok", what: `the operators for ${fencingAgent} are there` }];
  const remedy = "install medik8s' operators: https://www.medik8s.io";
  return [
    { severity: "error", what: `definitions that ${fencingAgent} needs are missing: ${missing.join(", ")}`, remedy },
  ];
}

/** Only Longhorn's managers look into a node. */
function requirementFindings({ longhornVersion, nodeProblems }: ClusterFacts): PreflightFinding[] {
  if (longhornVersion === undefined) {
    const what = "iscsid, kernel modules and multipath on the nodes cannot be seen from here";
    return [{ severity: "ok", what, remedy: "longhornctl check preflight" }];
  }
  return nodeProblems.map((problem) => ({
    severity: "warning" as const,
    what: `Longhorn says of node ${problem} that it is not there`,
    remedy: "https://longhorn.io/docs/latest/deploy/install/#installation-requirements",
  }));
}
