import { entryViolations } from "../validation/maps";
import { text, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { credentialKeys } from "./credentials-args";

const variableName = text(/^[A-Za-z_][A-Za-z0-9_]*$/, "letters, digits and '_', the first no digit, at most 253", "TZ");

const variableValue: Rule = {
  allowed: "a text",
  holds: (value) => typeof value === "string" && !value.includes("\0"),
  example: "UTC",
};

/** Variables that are taken, with what is to be done instead. */
const taken: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    credentialKeys.map((name) => [
      name,
      "no variable of the first user's keys: they come from the Secret, see gateway.credentials",
    ]),
  ),
  CEPH_ARGS: "no arguments of radosgw here: they go into gateway.s3gw.arguments, where they are checked",
  S3GW_DNS_NAME: "no variable of the image's wrapper, which is not run: the names go into dnsNames",
  S3GW_DEBUG: "no variable of the image's wrapper, which is not run: the level goes into gateway.s3gw.logLevel",
  LD_LIBRARY_PATH: "no variable by which the image finds radosgw's libraries",
  PATH: "no variable by which the image finds its programs",
};

/** Returns what is wrong with the environment variables of the gateway's container. */
export function envViolations(env: Readonly<Record<string, string>> | undefined): Violation[] {
  return entryViolations("env", env, { form: variableName, refused: reasonAgainst }, () => variableValue);
}

function reasonAgainst(name: string): string | undefined {
  if (Object.hasOwn(taken, name)) return taken[name];
  return name.startsWith("S3GW_") ? "no variable of the image's wrapper, which is not run" : undefined;
}
