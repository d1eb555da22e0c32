import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { check } from "../validation/rules";
import type { Violation } from "../validation/violations";

/** Source of the first user's keys, instead of generated ones. */
export interface CredentialsArgs {
  /**
   * Name of a Secret in the store's namespace with the keys `RGW_DEFAULT_USER_ID`, `RGW_DEFAULT_USER_ACCESS_KEY` and
   * `RGW_DEFAULT_USER_SECRET_KEY`, which must exist. On an existing or restored volume it has to be the one that the volume was made
   * with: s3gw makes its first user once.
   * @example "photos-credentials"
   */
  existingSecretName: string;
}

/** Everything that is wrong with where the keys come from. */
export function credentialsViolations(credentials: CredentialsArgs | undefined): Violation[] {
  if (credentials === undefined) return [];
  return groupViolations("credentials", credentials, ({ existingSecretName }) =>
    check("existingSecretName", existingSecretName, dnsSubdomain("photos-gateway-credentials-1a2b3c4d")),
  );
}

/** Keys of the Secret, which are the names of the variables that s3gw reads. */
export const credentialKeys = ["RGW_DEFAULT_USER_ID", "RGW_DEFAULT_USER_ACCESS_KEY", "RGW_DEFAULT_USER_SECRET_KEY"];
