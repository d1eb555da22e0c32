import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { check } from "../validation/rules";
import type { Violation } from "../validation/violations";

/** Source of the first user's keys. By default they are generated. */
export interface CredentialsArgs {
  /**
   * Name of an existing Secret in the store's namespace. Its keys are `RGW_DEFAULT_USER_ID`, `RGW_DEFAULT_USER_ACCESS_KEY` and
   * `RGW_DEFAULT_USER_SECRET_KEY`. With an existing or restored volume, it must contain the keys that the volume was created
   * with, because s3gw creates its first user only once.
   * @example "photos-credentials"
   */
  existingSecretName: string;
}

/** Returns the violations of the input `credentials`. */
export function credentialsViolations(credentials: CredentialsArgs | undefined): Violation[] {
  if (credentials === undefined) return [];
  return groupViolations("credentials", credentials, ({ existingSecretName }) =>
    check("existingSecretName", existingSecretName, dnsSubdomain("photos-gateway-credentials-1a2b3c4d")),
  );
}

/** Keys of the Secret, which equal the names of the environment variables that s3gw reads. */
export const credentialKeys = ["RGW_DEFAULT_USER_ID", "RGW_DEFAULT_USER_ACCESS_KEY", "RGW_DEFAULT_USER_SECRET_KEY"];
