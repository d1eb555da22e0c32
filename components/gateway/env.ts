import { entryViolations } from "../validation/maps";
import { text, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { credentialKeys } from "./credentials-args";

const variableName = text(
  /^(?!\.\.)(?!\.$)[A-Za-z_.-][A-Za-z0-9_.-]*$/,
  "letters, digits, '_', '-' and '.', at most 253 characters, not starting with a digit",
  "TZ",
);

/** Linux limits each environment variable to this size, including its name and the terminating NUL. */
const longestText = 131_072;

const variableValue = (name: string): Rule => ({
  allowed: "a string of at most 128 KiB, including the name",
  holds: (value) =>
    typeof value === "string" && !value.includes("\0") && Buffer.byteLength(`${name}=${value}`) < longestText,
  example: "UTC",
  meant: (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : undefined),
});

const commandsOfShell = "no variable that makes the shell run other commands before radosgw";

/** Reserved variables, and the inputs to use instead. */
const taken: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    credentialKeys.map((name) => [
      name,
      "no variable with a key of the first user: the keys come from a Secret, see gateway.credentials",
    ]),
  ),
  CEPH_ARGS: "no arguments of radosgw here: set gateway.s3gw.arguments, where they are validated",
  S3GW_DNS_NAME: "no variable of the image's wrapper, which is not used: set dnsNames",
  S3GW_DEBUG: "no variable of the image's wrapper, which is not used: set gateway.s3gw.logLevel",
  CEPH_CONF: "no configuration file of radosgw here: set its options in gateway.s3gw.arguments",
  BASH_ENV: commandsOfShell,
  ENV: commandsOfShell,
  SHELLOPTS: commandsOfShell,
  BASHOPTS: commandsOfShell,
  PATH: "no variable that the image uses to find its programs",
};

/** Returns the violations of the environment variables of the gateway's container. */
export function envViolations(env: Readonly<Record<string, string>> | undefined): Violation[] {
  return entryViolations("env", env, { form: variableName, refused: reasonAgainst }, variableValue);
}

function reasonAgainst(name: string): string | undefined {
  if (Object.hasOwn(taken, name)) return taken[name];
  if (name.startsWith("LD_")) return "no variable that the image uses to find radosgw's libraries";
  return name.startsWith("S3GW_") ? "no variable of the image's wrapper, which is not used" : undefined;
}
