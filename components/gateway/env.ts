import { entryViolations } from "../validation/maps";
import { text, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { credentialKeys } from "./credentials-args";

const variableName = text(
  /^(?!\.\.)(?!\.$)[A-Za-z_.-][A-Za-z0-9_.-]*$/,
  "letters, digits, '_', '-' and '.', the first no digit, at most 253",
  "TZ",
);

/** Linux takes no longer text in a program's environment, its name and its NUL included. */
const longestText = 131_072;

const variableValue = (name: string): Rule => ({
  allowed: "a text of at most 128 KiB with its name",
  holds: (value) =>
    typeof value === "string" && !value.includes("\0") && Buffer.byteLength(`${name}=${value}`) < longestText,
  example: "UTC",
  meant: (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : undefined),
});

const commandsOfShell = "no variable that changes what the shell runs before radosgw";

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
  CEPH_CONF: "no configuration file of radosgw here: its options go into gateway.s3gw.arguments",
  BASH_ENV: commandsOfShell,
  ENV: commandsOfShell,
  SHELLOPTS: commandsOfShell,
  BASHOPTS: commandsOfShell,
  PATH: "no variable by which the image finds its programs",
};

/** Returns what is wrong with the environment variables of the gateway's container. */
export function envViolations(env: Readonly<Record<string, string>> | undefined): Violation[] {
  return entryViolations("env", env, { form: variableName, refused: reasonAgainst }, variableValue);
}

function reasonAgainst(name: string): string | undefined {
  if (Object.hasOwn(taken, name)) return taken[name];
  if (name.startsWith("LD_")) return "no variable by which the image finds radosgw's libraries";
  return name.startsWith("S3GW_") ? "no variable of the image's wrapper, which is not run" : undefined;
}
