import * as pulumi from "@pulumi/pulumi";

/**
 * Takes objects over that exist already, instead of making them: give it to a component as one of its `transforms`. The first
 * `pulumi up` imports them and brings them into line with the inputs, whoever has set their fields before; what cannot be changed
 * (a claim's access mode, its class) stays as it is. Once it has, the transform can go.
 *
 * @param ids the Pulumi names of resources with the ids of the objects that they become, as in
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
 * Kubernetes lets nobody change a field that another has set, unless by force.
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
