import { minorOf } from "../../../components/longhorn/version";

/** Minor versions of Kubernetes for a minor version of Longhorn. */
interface KubernetesRange {
  /** First minor version of Longhorn for which the row applies. */
  longhornMinor: number;
  /** Minimum from the chart's `kubeVersion`. */
  least: number;
  /** Versions that Longhorn's documentation lists as tested. */
  tested: readonly [number, number];
}

/**
 * From the charts' `kubeVersion` and the best practices of each release's documentation.
 *
 * @see https://longhorn.io/docs/latest/best-practices/
 */
const ranges: readonly KubernetesRange[] = [
  { longhornMinor: 5, least: 21, tested: [26, 28] },
  { longhornMinor: 8, least: 25, tested: [29, 31] },
  { longhornMinor: 9, least: 25, tested: [30, 33] },
  { longhornMinor: 11, least: 25, tested: [32, 35] },
  { longhornMinor: 12, least: 25, tested: [33, 36] },
];

/** Returns the Kubernetes versions for a version of Longhorn. */
export function kubernetesFor(longhornVersion: string): Pick<KubernetesRange, "least" | "tested"> {
  const { major, minor } = minorOf(longhornVersion);
  const fitting = ranges.filter(({ longhornMinor }) => major > 1 || longhornMinor <= minor);
  return fitting.at(-1) ?? { least: 21, tested: [26, 28] };
}
