import * as pulumi from "@pulumi/pulumi";

/**
 * Returns a transform that imports existing objects instead of creating them. Pass it to a component in `transforms`. The first
 * `pulumi up` imports the objects and applies the inputs to them, even to fields that another manager owns. Immutable fields,
 * such as the access mode and the class of a claim, keep their values. The transform can be removed after that update.
 *
 * @param ids IDs of the objects by the Pulumi names of the resources that adopt them, such as
 * `{ "photos-gateway-data": "photos/photos-data" }`
 *
 * @example
 * new ObjectStore("photos", args, { transforms: [adopt({ "photos-gateway-data": "photos/photos-data" })] });
 */
export function adopt(ids: Readonly<Record<string, string>>): pulumi.ResourceTransform {
  return ({ custom, name, props, opts }) =>
    custom && Object.hasOwn(ids, name) ? { props: withForce(props), opts: { ...opts, import: ids[name] } } : undefined;
}

/**
 * Resolves conflicts in favor of Pulumi: server-side apply refuses to change a field that another manager owns.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/
 */
function withForce(props: pulumi.Inputs): pulumi.Inputs {
  const given = pulumi.output(props["metadata"] as pulumi.Input<{ annotations?: Record<string, string> } | undefined>);
  const metadata = given.apply(({ annotations, ...rest } = {}) => {
    return { ...rest, annotations: { ...annotations, "pulumi.com/patchForce": "true" } };
  });
  return { ...props, metadata };
}
