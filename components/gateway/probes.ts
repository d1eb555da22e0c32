import type * as k8s from "@pulumi/kubernetes";
import { s3Port } from "./radosgw";

/**
 * radosgw gives its own start 300 s, which grows with the database, and then ends with a message: the probe waits longer, so
 * that the message is seen.
 */
const startupBudgetSeconds = 330;

type Probes = Required<Pick<k8s.types.input.core.v1.Container, "startupProbe" | "readinessProbe" | "livenessProbe">>;

const livenessPeriodSeconds = 10;

/**
 * Every second for what a client waits for, and patiently for what ends in a restart.
 *
 * @param livenessFailureSeconds seconds without an accepted connection after which the process is killed
 */
export const probes = (livenessFailureSeconds: number): Probes => ({
  startupProbe: {
    httpGet: { path: "/swift/healthcheck", port: s3Port },
    periodSeconds: 1,
    timeoutSeconds: 1,
    failureThreshold: startupBudgetSeconds,
  },
  // Through the path of a real request: an anonymous list of buckets.
  readinessProbe: {
    httpGet: { path: "/", port: s3Port },
    periodSeconds: 1,
    timeoutSeconds: 3,
    failureThreshold: 3,
  },
  // TCP only: a gateway under load answers HTTP with 503, which is no reason to kill it.
  livenessProbe: {
    tcpSocket: { port: s3Port },
    periodSeconds: livenessPeriodSeconds,
    timeoutSeconds: 5,
    failureThreshold: Math.ceil(livenessFailureSeconds / livenessPeriodSeconds),
  },
});
