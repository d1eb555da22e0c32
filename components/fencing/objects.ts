import type { ResolvedNodeFencingArgs } from "./args";
import { Remediator } from "./remediator";
import { defaultRetryCount, defaultTimeoutSeconds, retryIntervalSeconds } from "./retries";

/** The kind of template in which an operator finds how it is to work. */
export interface TemplateKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The templates of the two operators. */
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

/** Returns the remediator whose template has this kind; undefined for any other kind. */
export function remediatorOfTemplate(kind: string | undefined): Remediator | undefined {
  return Object.values(Remediator).find((remediator) => templateKinds[remediator].kind === kind);
}

/** The CustomResourceDefinitions that a fencing needs, by their names. */
export function fencingCrds(remediator: Remediator): string[] {
  const { apiVersion, kind } = templateKinds[remediator];
  const [group = ""] = apiVersion.split("/");
  return ["nodehealthchecks.remediation.medik8s.io", `${kind.toLowerCase()}s.${group}`];
}

/**
 * The spec of the template: the out-of-service taint in every case, since Kubernetes then lets go of pods and volumes at once.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/blob/main/api/v1alpha1/fenceagentsremediation_types.go
 * @see https://github.com/medik8s/self-node-remediation/blob/main/api/v1alpha1/selfnoderemediation_types.go
 * @param secretName the Secret with the secret parameters, if there is one
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
 * The spec of the `NodeHealthCheck`: a node that is not ready, for whatever reason, is handed to the template's operator.
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
