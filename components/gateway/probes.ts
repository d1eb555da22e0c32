import type * as k8s from "@pulumi/kubernetes";
import { s3Port } from "./radosgw";

/**
 * Seconds of the startup probe. radosgw limits its own start, which takes longer with a larger database, to 300 s and then
 * exits with a message. The probe waits longer, so that the message is logged.
 */
const startupBudgetSeconds = 330;

type Probes = Required<Pick<k8s.types.input.core.v1.Container, "startupProbe" | "readinessProbe" | "livenessProbe">>;

const livenessPeriodSeconds = 10;

/**
 * Returns the probes: every second if clients wait for the result, less often if a failure restarts the container.
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
  // Takes the path of a real request: an anonymous list of buckets.
  readinessProbe: {
    httpGet: { path: "/", port: s3Port },
    periodSeconds: 1,
    timeoutSeconds: 3,
    failureThreshold: 3,
  },
  // TCP only: a gateway under load responds to HTTP with 503, which is no reason to kill it.
  livenessProbe: {
    tcpSocket: { port: s3Port },
    periodSeconds: livenessPeriodSeconds,
    timeoutSeconds: 5,
    failureThreshold: Math.ceil(livenessFailureSeconds / livenessPeriodSeconds),
  },
});
