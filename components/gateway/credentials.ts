import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";

/** Keys of the Secret, which are the names of the variables that s3gw reads. */
export const credentialKeys = ["RGW_DEFAULT_USER_ID", "RGW_DEFAULT_USER_ACCESS_KEY", "RGW_DEFAULT_USER_SECRET_KEY"];

/** The first user's keys, and the Secret that hands them to s3gw. */
export interface Credentials {
  accessKeyId: pulumi.Output<string>;
  secretAccessKey: pulumi.Output<string>;
  secret: k8s.core.v1.Secret;
}

/**
 * Generates the keys of the first user, an administrator. s3gw makes this user once, in the volume, and never looks at the keys
 * again: other keys would lock the owner out. So nothing makes them anew, and the Secret outlives even its deletion by Pulumi,
 * under a name of its own that a later store of the same name does not take.
 */
export function createCredentials(
  name: string,
  { namespace, serviceName }: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): Credentials {
  const accessKeyId = createKey(`${name}-access-key`, { length: 20, upper: true, lower: false }, opts);
  const secretAccessKey = createKey(`${name}-secret-key`, { length: 40, upper: true, lower: true }, opts);
  const values = ["admin", accessKeyId, secretAccessKey];
  const secret = new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: { namespace, labels: objectLabels(serviceName) },
      type: "Opaque",
      stringData: Object.fromEntries(credentialKeys.map((key, index) => [key, values[index] ?? ""])),
    },
    { ...opts, retainOnDelete: true },
  );
  return { accessKeyId, secretAccessKey, secret };
}

/** Letters and digits only, which no client has to escape. */
function createKey(
  name: string,
  alphabet: Pick<random.RandomPasswordArgs, "length" | "upper" | "lower">,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const args = { ...alphabet, numeric: true, special: false };
  const key = new random.RandomPassword(name, args, { ...opts, ignoreChanges: everyInput });
  return pulumi.secret(key.result);
}

const everyInput = [
  ...["length", "upper", "lower", "numeric", "number", "special", "overrideSpecial", "keepers"],
  ...["minUpper", "minLower", "minNumeric", "minSpecial"],
];
