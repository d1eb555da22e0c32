import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";
import { credentialKeys } from "./credentials-args";
import { objectAnnotations, objectLabels } from "./labels";

/** Length of the suffix that distinguishes the Secrets of stores with the same name. */
const suffixLength = 8;

/** Keys of the first user, and the Secret that passes them to s3gw. */
export interface Credentials {
  accessKeyId: pulumi.Output<string>;
  secretAccessKey: pulumi.Output<string>;
  secret: k8s.core.v1.Secret;
}

/** Returns the keys of the first user, an administrator: those of an existing Secret, or generated ones. */
export function createCredentials(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): Credentials {
  const { credentials } = resolved;
  return credentials === undefined
    ? generateCredentials(name, resolved, opts)
    : readCredentials(name, `${resolved.namespace}/${credentials.existingSecretName}`, { parent: opts.parent });
}

/**
 * Generates the keys of the first user and creates their Secret.
 *
 * s3gw creates its first user once, in the volume, and never reads the keys again: other keys would lock the owner out. The
 * keys are therefore never regenerated, and Kubernetes keeps the Secret when Pulumi deletes it. Its unique name prevents a
 * later store of the same name from using it. The name is generated before the Secret is created, so that an interrupted update
 * finds the same Secret.
 */
function generateCredentials(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): Credentials {
  const { namespace, serviceName } = resolved;
  const accessKeyId = createKey(`${name}-access-key`, { length: 20, upper: true, lower: false }, opts);
  const secretAccessKey = createKey(`${name}-secret-key`, { length: 40, upper: true, lower: true }, opts);
  const suffix = new random.RandomString(
    `${name}-credentials-suffix`,
    { length: suffixLength, upper: false, special: false },
    { ...opts, ignoreChanges: everyInput },
  );
  const values = ["admin", accessKeyId, secretAccessKey];
  const secret = new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: {
        namespace,
        name: pulumi.interpolate`${serviceName}-credentials-${suffix.result}`,
        labels: withStackLabel(objectLabels(resolved)),
        annotations: objectAnnotations(resolved),
      },
      type: "Opaque",
      stringData: Object.fromEntries(credentialKeys.map((key, index) => [key, values[index] ?? ""])),
    },
    { ...onCreationOnly(opts), retainOnDelete: true },
  );
  return { accessKeyId, secretAccessKey, secret };
}

function readCredentials(name: string, id: string, opts: pulumi.CustomResourceOptions): Credentials {
  const secret = k8s.core.v1.Secret.get(`${name}-credentials`, id, opts);
  const keys = secret.data.apply((data) => {
    refuse(`S3Gateway "${name}"`, secretViolations(id, data));
    return data;
  });
  const keyOf = (key: string): pulumi.Output<string> =>
    pulumi.secret(keys.apply((data) => Buffer.from(data[key] ?? "", "base64").toString()));
  return {
    accessKeyId: keyOf("RGW_DEFAULT_USER_ACCESS_KEY"),
    secretAccessKey: keyOf("RGW_DEFAULT_USER_SECRET_KEY"),
    secret,
  };
}

/** Returns the violations of a Secret with missing keys. No value is shown. */
export function secretViolations(id: string, data: Readonly<Record<string, string>> | undefined): Violation[] {
  const missing = credentialKeys.filter((key) => (data?.[key] ?? "") === "");
  if (missing.length === 0) return [];
  const allowed = `a Secret with all of ${credentialKeys.join(", ")}; ${missing.join(", ")} is missing in ${id}`;
  const field = "gateway.credentials.existingSecretName";
  const [namespace = "", name = ""] = id.split("/");
  const added = JSON.stringify({ stringData: Object.fromEntries(missing.map((key) => [key, "…"])) });
  const patch = `kubectl -n ${namespace} patch secret ${name} -p '${added}'`;
  const fixes = [
    { field, value: name, note: `after ${patch}, with the values of the volume's first user` },
    {
      field: "gateway.credentials",
      note: "keys are generated, for a new volume only: another one keeps its first user",
    },
  ];
  return [{ field, got: name, allowed, fixes }];
}

/** Generates a key of letters and digits, which clients need not escape. */
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
