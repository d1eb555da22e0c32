import type { ResolvedNodeFencingArgs } from "./args";
import { Remediator } from "./remediator";
import { defaultRetryCount, defaultTimeoutSeconds, retryIntervalSeconds } from "./retries";

/** Kind of a remediation template. */
export interface TemplateKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Template kinds of the remediators. */
export const templateKinds: Readonly<Record<Remediator, TemplateKind>> = {
  SelfNodeRemediation: {
    apiVersion: "self-node-remediation.medik8s.io/v1alpha1",
    kind: "SelfNodeRemediationTemplate",
  },
  FenceAgentsRemediation: {
    apiVersion: "fence-agents-remediation.medik8s.io/v1alpha1",
    kind: "FenceAgentsRemediationTemplate",
  },
};

/** Returns the remediator of a template kind; undefined for other kinds. */
export function remediatorOfTemplate(kind: string | undefined): Remediator | undefined {
  return Object.values(Remediator).find((remediator) => templateKinds[remediator].kind === kind);
}

/** Returns the names of the CustomResourceDefinitions that fencing requires. */
export function fencingCrds(remediator: Remediator): string[] {
  const { apiVersion, kind } = templateKinds[remediator];
  const [group = ""] = apiVersion.split("/");
  return ["nodehealthchecks.remediation.medik8s.io", `${kind.toLowerCase()}s.${group}`];
}

/**
 * Returns the spec of the template. The strategy is always the out-of-service taint, which makes Kubernetes release pods and
 * volumes immediately.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/blob/main/api/v1alpha1/fenceagentsremediation_types.go
 * @see https://github.com/medik8s/self-node-remediation/blob/main/api/v1alpha1/selfnoderemediation_types.go
 * @param secretName name of the Secret with the secret parameters, if any
 */
export function templateSpec({ remediator, fenceAgent }: ResolvedNodeFencingArgs, secretName: unknown) {
  const remediationStrategy = "OutOfServiceTaint";
  if (remediator === Remediator.SelfNodeRemediation || fenceAgent === undefined) {
    return { template: { spec: { remediationStrategy } } };
  }
  const {
    sharedParameters,
    nodeParameters,
    nodeCredentialSecretNames,
    timeoutSeconds = defaultTimeoutSeconds,
    retryCount = defaultRetryCount,
  } = fenceAgent;
  return {
    template: {
      spec: {
        agent: fenceAgent.agent,
        remediationStrategy,
        retrycount: retryCount,
        retryinterval: `${retryIntervalSeconds}s`,
        timeout: `${timeoutSeconds}s`,
        ...(sharedParameters && { sharedparameters: sharedParameters }),
        ...(nodeParameters && { nodeparameters: nodeParameters }),
        ...(nodeCredentialSecretNames && { nodeSecretNames: nodeCredentialSecretNames }),
        ...(secretName !== undefined && { sharedSecretName: secretName }),
      },
    },
  };
}

/**
 * Returns the spec of the `NodeHealthCheck`, which hands every node that is not ready to the operator of the template.
 *
 * @see https://github.com/medik8s/node-healthcheck-operator/blob/main/api/v1alpha1/nodehealthcheck_types.go
 */
export function nodeHealthCheckSpec(
  { remediator, unhealthySeconds, minHealthy, nodeSelector, namespace }: ResolvedNodeFencingArgs,
  templateName: unknown,
) {
  const duration = `${unhealthySeconds}s`;
  return {
    selector: nodeSelector ? { matchLabels: nodeSelector } : { matchExpressions: [noControlPlane] },
    minHealthy: /^\d+$/.test(minHealthy) ? Number(minHealthy) : minHealthy,
    unhealthyConditions: ["False", "Unknown"].map((status) => ({ type: "Ready", status, duration })),
    remediationTemplate: { ...templateKinds[remediator], namespace, name: templateName },
  };
}

const noControlPlane = { key: "node-role.kubernetes.io/control-plane", operator: "DoesNotExist" };
