import { cronFault } from "../../validation/cron";
import { dnsSubdomain } from "../../validation/kubernetes-names";
import { text, type Rule } from "../../validation/rules";
import type { SettingFormat } from "./setting";

/** Highest CPU number that Longhorn supports. */
const highestCpu = 1023;

/** Toleration in the format of the setting `taint-toleration`. */
const toleration = String.raw`[^\s:;="]*(=[^\s:;="]*)?:(NoSchedule|NoExecute|PreferNoSchedule)?`;

/**
 * Formats that Longhorn accepts, as its manager checks them (`types/setting.go` and `types/types.go` of 1.12.0). Paths must be
 * absolute and schedules must have a next time, where Longhorn is less strict.
 */
export const formats: Readonly<Record<SettingFormat, Rule>> = {
  "absolute-path": text(/^\/[^\s\0]*$/, 'an absolute path, such as "/var/lib/longhorn/"', "/var/lib/longhorn/"),
  "cni-network": text(
    /^[^/\s]+\/[^/\s]+$/,
    "the namespace and name of a network attachment definition",
    "kube-system/storage",
  ),
  "cpu-mask": {
    allowed: `a mask such as "0x3" or a list such as "1-3,5" of CPUs from 0 to ${highestCpu}`,
    holds: (value) => typeof value === "string" && (isMask(value) || isList(value)),
    example: "0x3",
  },
  "hex-cpu-mask": {
    allowed: 'a mask of CPUs, such as "0x3"',
    holds: (value) => typeof value === "string" && isMask(value),
    example: "0x3",
  },
  cron: {
    allowed: 'a schedule with a next time, such as "0 0 */7 * *"',
    holds: (value) => typeof value === "string" && cronFault(value) === undefined,
    example: "0 0 */7 * *",
  },
  "json-object": {
    allowed: "a JSON object",
    holds: (value) => typeof value === "string" && isJsonObject(value),
    example: '{"csi-attacher":{"limits":{"memory":"256Mi"}}}',
  },
  "log-flags": text(
    /^[a-zA-Z]{2,}(_[a-zA-Z]+)*(,[a-zA-Z]{2,}(_[a-zA-Z]+)*)*$/,
    "names of log flags, separated by commas",
    "all",
  ),
  name: dnsSubdomain("longhorn-critical"),
  "node-selector": text(
    /^"?[^\s:;="]+:[^\s:;="]*(;[^\s:;="]+:[^\s:;="]*)*"?$/,
    'labels as key:value, separated by ";"',
    "storage:true",
    4096,
  ),
  "orphan-resource-types": text(
    /^(replica-data|instance)(;(replica-data|instance))*$/,
    '"replica-data", "instance", or both, separated by ";"',
    "instance",
  ),
  origin: {
    allowed: 'the scheme and host of a URL, such as "https://longhorn.example.com"',
    holds: (value) => typeof value === "string" && isOrigin(value),
    example: "https://longhorn.example.com",
  },
  "taint-tolerations": text(
    new RegExp(`^"?${toleration}(;${toleration})*"?$`),
    'tolerations as key=value:effect or key:effect, separated by ";"',
    "dedicated=storage:NoSchedule",
    4096,
  ),
};

function isMask(value: string): boolean {
  const [, digits = ""] = /^0[xX]([0-9a-fA-F]+)$/.exec(value) ?? [];
  return digits.length <= (highestCpu + 1) / 4 && /[^0]/.test(digits);
}

function isList(value: string): boolean {
  return value.split(",").every((part) => {
    const [, from = "", to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    return from !== "" && Number(from) <= Number(to) && Number(to) <= highestCpu;
  });
}

function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

function isOrigin(value: string): boolean {
  if (!/^https?:\/\/[^\s/?#]+\/?$/.test(value)) return false;
  return URL.canParse(value);
}
