import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { entryOf } from "../validation/maps";
import { setOutputs } from "../outputs";
import { ChildResources } from "../child-resources";
import { checkedSecret } from "../validation/rules";
import { referenceTo, resolveNodeFencingArgs, type NodeFencingArgs, type ResolvedNodeFencingArgs } from "./args";
import { secretValue } from "./fence-agent";
import { nodeHealthCheckSpec, templateKinds, templateSpec } from "./objects";
import { Remediator, type FencingReference } from "./remediator";
import { selfNodeRemediationSeconds } from "./self-node-remediation";

/**
 * Fencing of failed nodes with medik8s: a `NodeHealthCheck` that hands nodes that are not ready to SelfNodeRemediation or
 * FenceAgentsRemediation. These set the out-of-service taint once the node is powered off. Their operators must be installed in
 * the cluster.
 *
 * @example
 * const fencing = new NodeFencing("fencing", { remediator: Remediator.SelfNodeRemediation, namespace: "medik8s" });
 * new ObjectStore("photos", { failover: { onNodeFailure: OnNodeFailure.Fence, fencing: fencing.reference }, ... });
 * @see https://www.medik8s.io
 */
export class NodeFencing extends pulumi.ComponentResource {
  /** Name of the `NodeHealthCheck`. */
  declare public readonly nodeHealthCheckName: pulumi.Output<string>;
  /** Name of the remediation template. */
  declare public readonly templateName: pulumi.Output<string>;

  constructor(name: string, args: NodeFencingArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = resolveNodeFencingArgs(name, args);
    super("longhorn-s3:index:NodeFencing", name, {}, opts);
    const child = { parent: this };

    const secret = createCredentialSecret(name, resolved, child);
    const template = createTemplate(name, resolved, secret, child);
    const check = new k8s.apiextensions.CustomResource(
      `${name}-node-health-check`,
      {
        apiVersion: "remediation.medik8s.io/v1alpha1",
        kind: "NodeHealthCheck",
        metadata: {},
        spec: nodeHealthCheckSpec(resolved, template.metadata.name),
      },
      child,
    );
    if (resolved.remediator === Remediator.SelfNodeRemediation) void pulumi.log.warn(slowText(resolved), this);
    children.keep(this, { reference: referenceTo(args) });

    this.registerOutputs(
      setOutputs<NodeFencing>(this, {
        nodeHealthCheckName: check.metadata.name,
        templateName: template.metadata.name,
      }),
    );
  }

  /** Reference to this fencing for `failover.fencing` of stores. */
  get reference(): FencingReference {
    return children.of(this).reference;
  }
}

const children = new ChildResources<NodeFencing, { reference: FencingReference }>();

/** Returns the warning about the recovery time with SelfNodeRemediation, which is longer than users expect. */
function slowText({ unhealthySeconds }: Pick<ResolvedNodeFencingArgs, "unhealthySeconds">): string {
  const proof = selfNodeRemediationSeconds();
  return (
    `SelfNodeRemediation needs ${proof} s to confirm that a node is powered off, with a watchdog of 60 s, and longer with more than six ` +
    `workers: a store is available again about ${Math.ceil((50 + unhealthySeconds + proof + 60) / 60)} minutes after its node failed. ` +
    "With a power switch, FenceAgentsRemediation takes seconds"
  );
}

function createCredentialSecret(
  name: string,
  { namespace, fenceAgent }: ResolvedNodeFencingArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret | undefined {
  const { credentials } = fenceAgent ?? {};
  if (credentials === undefined) return undefined;
  const checked = (key: string, value: pulumi.Input<string>): pulumi.Output<string> =>
    checkedSecret(`NodeFencing "${name}"`, entryOf("fenceAgent.credentials", key), value, secretValue);
  const stringData = Object.fromEntries(Object.entries(credentials).map(([key, value]) => [key, checked(key, value)]));
  return new k8s.core.v1.Secret(`${name}-credentials`, { metadata: { namespace }, type: "Opaque", stringData }, opts);
}

function createTemplate(
  name: string,
  resolved: ResolvedNodeFencingArgs,
  secret: k8s.core.v1.Secret | undefined,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const { remediator, namespace, fenceAgent } = resolved;
  const secretName = secret?.metadata.name ?? fenceAgent?.credentialSecretName;
  return new k8s.apiextensions.CustomResource(
    `${name}-template`,
    { ...templateKinds[remediator], metadata: { namespace }, spec: templateSpec(resolved, secretName) },
    opts,
  );
}
