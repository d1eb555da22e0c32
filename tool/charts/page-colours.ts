import type { RequestKind } from "../s3/attempt";

/** Colors of a page's charts as CSS properties, so that one drawing serves light, dark and print. */
export const pageColours = {
  ink: "var(--ink, #1b1b1f)",
  muted: "var(--muted, #5f6068)",
  grid: "var(--grid, #dedee3)",
  shade: "var(--shade, #f3e3dc)",
  fault: "var(--fault, #b3261e)",
  measured: "var(--measured, #0072b2)",
  predicted: "var(--predicted, #c25e00)",
} as const;

/** Colors for each kind of request that are distinguishable with any color vision (after Okabe and Ito). */
export const requestColours: Readonly<Record<RequestKind, string>> = {
  PUT: "var(--put, #0072b2)",
  GET: "var(--get, #00805d)",
  LIST: "var(--list, #b87a00)",
  MULTIPART: "var(--multipart, #b0558f)",
};

/** Colors for each result of a write. */
export const ledgerColours = {
  verified: "var(--measured, #0072b2)",
  lost: "var(--fault, #b3261e)",
  corrupt: "var(--corrupt, #e69f00)",
  unreadable: "var(--muted, #5f6068)",
  phantom: "var(--multipart, #b0558f)",
  unacknowledged: "var(--unacknowledged, #56b4e9)",
  isolatedLost: "var(--isolated-lost, #e08e88)",
  isolatedKept: "var(--get, #00805d)",
} as const;
