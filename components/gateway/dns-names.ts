import { resolvableName } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

const subdomain = resolvableName("s3.example.com");

/** DNS name of a Host header. An IP address needs no entry: radosgw accepts it as it is. */
export const dnsName: Rule = {
  allowed:
    "a DNS name of lower-case letters, digits, '-' and '.', at most 253 characters and 63 per label, such as \"s3.example.com\"; no IP address, " +
    'port, "http://" or "*"',
  holds: (value) => subdomain.holds(value) && !/(^|\.)\d+$/.test(String(value)),
  example: "s3.example.com",
};

/** Returns all names of a Service inside its cluster, the longest last, and `localhost` for port forwarding. */
export function inClusterNames(serviceName: string, namespace: string, clusterDomain: string): string[] {
  const inNamespace = `${serviceName}.${namespace}`;
  return ["localhost", serviceName, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.${clusterDomain}`];
}

/** Returns the violations of the names that clients use outside of the cluster. */
export function dnsNameViolations(names: readonly string[] | undefined, inCluster: readonly string[]): Violation[] {
  const seen = new Set<unknown>(inCluster);
  const each = itemViolations("dnsNames", names, (field, name) => {
    const violations = check(field, name, dnsName);
    if (violations.length > 0) return violations;
    const isTwice = seen.has(name);
    seen.add(name);
    const allowed = "a name that is not in the list yet; the names of the Service inside the cluster always are";
    return isTwice ? [{ field, got: name, allowed, fixes: [{ field }] }] : [];
  });
  return each.length > 0 ? each : tooMany(names ?? [], inCluster);
}

/** Refuses too many names: they form one argument of radosgw, and Linux limits an argument to less than 128 KiB. */
function tooMany(names: readonly string[], inCluster: readonly string[]): Violation[] {
  const length = [...inCluster, ...names].join(", ").length;
  if (length < 131_072) return [];
  const allowed = "names of less than 128 KiB in total, because they form one argument of radosgw";
  return [
    {
      field: "dnsNames",
      got: `${names.length} names`,
      allowed,
      fixes: [{ field: "dnsNames", value: ["s3.example.com"] }],
    },
  ];
}
