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
 * Proof that a silent node is off, by medik8s: a `NodeHealthCheck` that hands nodes that are not ready to SelfNodeRemediation or
 * FenceAgentsRemediation, which sets the out-of-service taint when it is sure. Its operators have to be in the cluster.
 *
 * @example
 * const fencing = new NodeFencing("fencing", { remediator: Remediator.SelfNodeRemediation, namespace: "medik8s" });
 * new ObjectStore("photos", { failover: { onNodeFailure: OnNodeFailure.Fence, fencing: fencing.reference }, ... });
 * @see https://www.medik8s.io
 */
export class NodeFencing extends pulumi.ComponentResource {
  /** Name of the `NodeHealthCheck`. */
  declare public readonly nodeHealthCheckName: pulumi.Output<string>;
  /** Name of the template that it hands nodes to. */
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

  /** What a store needs to know of this fencing: its `failover.fencing`. */
  get reference(): FencingReference {
    return children.of(this).reference;
  }
}

const children = new ChildResources<NodeFencing, { reference: FencingReference }>();

/** Said plainly, since nobody expects it. */
function slowText({ unhealthySeconds }: Pick<ResolvedNodeFencingArgs, "unhealthySeconds">): string {
  const proof = selfNodeRemediationSeconds();
  return (
    `SelfNodeRemediation knows that a node is off ${proof} s after it was handed the node, with a watchdog of 60 s, and later with more ` +
    `than six workers: a store is back about ${Math.ceil((50 + unhealthySeconds + proof + 60) / 60)} minutes after its node died. ` +
    "FenceAgentsRemediation takes seconds for it, where there is a power switch"
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
