import { resolvableName } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

const subdomain = resolvableName("s3.example.com");

/** A name, not an address: radosgw takes a Host that is an address as it is. */
export const dnsName: Rule = {
  allowed:
    "a DNS name in lower-case letters, digits, '-' and '.', at most 253 and 63 between dots, such as \"s3.example.com\": no address, no port, no " +
    '"http://", no "*"',
  holds: (value) => subdomain.holds(value) && !/(^|\.)\d+$/.test(String(value)),
  example: "s3.example.com",
};

/** Every name of a Service inside its cluster, the longest last, and that of a forwarded port. */
export function inClusterNames(serviceName: string, namespace: string, clusterDomain: string): string[] {
  const inNamespace = `${serviceName}.${namespace}`;
  return ["localhost", serviceName, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.${clusterDomain}`];
}

/** Everything that is wrong with the names that clients use from outside of the cluster. */
export function dnsNameViolations(names: readonly string[] | undefined, inCluster: readonly string[]): Violation[] {
  const seen = new Set<unknown>(inCluster);
  const each = itemViolations("dnsNames", names, (field, name) => {
    const violations = check(field, name, dnsName);
    if (violations.length > 0) return violations;
    const isTwice = seen.has(name);
    seen.add(name);
    const allowed = "a name that is not there already; those of the Service inside the cluster always are";
    return isTwice ? [{ field, got: name, allowed, fixes: [{ field }] }] : [];
  });
  return each.length > 0 ? each : tooMany(names ?? [], inCluster);
}

/** All names are one argument of radosgw, and Linux takes none of 128 KiB or more. */
function tooMany(names: readonly string[], inCluster: readonly string[]): Violation[] {
  const length = [...inCluster, ...names].join(", ").length;
  if (length < 131_072) return [];
  const allowed = "names that have less than 128 KiB together: they are one argument of radosgw";
  return [
    {
      field: "dnsNames",
      got: `${names.length} names`,
      allowed,
      fixes: [{ field: "dnsNames", value: ["s3.example.com"] }],
    },
  ];
}
