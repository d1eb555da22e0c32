import { join } from "node:path";
import type { Credentials } from "../keys/credentials";
import { kubeconfigFile, type Layout } from "../layout";
import { machinePath } from "./images";
import { apiServerAddress, apiServerPort, podRange, serviceRange } from "../network";
import { flags, type ProcessSpec } from "../host/process-spec";
import { timings, type SandboxProfile } from "./profile";

/** Options of the control plane's processes. */
export interface ControlPlaneOptions {
  layout: Layout;
  credentials: Credentials;
  /** Folder with the programs of the toolchain. */
  binDirectory: string;
  profile: SandboxProfile;
}

const etcdClient = "http://127.0.0.1:2379";
const etcdPeer = "http://127.0.0.1:2380";

export function etcd({ layout, binDirectory }: ControlPlaneOptions): ProcessSpec {
  return plain("etcd", [
    join(binDirectory, "etcd"),
    ...flags({
      name: "sandbox",
      "data-dir": layout.etcd,
      "listen-client-urls": etcdClient,
      "advertise-client-urls": etcdClient,
      "listen-peer-urls": etcdPeer,
      "initial-advertise-peer-urls": etcdPeer,
      "initial-cluster": `sandbox=${etcdPeer}`,
      "unsafe-no-fsync": true, // nothing here outlives the machine
      "log-level": "warn",
    }),
  ]);
}

export function kubeApiServer({ layout, credentials, binDirectory }: ControlPlaneOptions): ProcessSpec {
  return plain("kube-apiserver", [
    join(binDirectory, "kube-apiserver"),
    ...flags({
      "etcd-servers": etcdClient,
      "bind-address": "0.0.0.0",
      "advertise-address": apiServerAddress,
      "secure-port": apiServerPort,
      "tls-cert-file": credentials.apiServer.certificate,
      "tls-private-key-file": credentials.apiServer.key,
      "client-ca-file": credentials.authority,
      "cert-dir": join(layout.pki, "kube-apiserver"),
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": credentials.serviceAccountPublicKey,
      "service-account-signing-key-file": credentials.serviceAccountKey,
      "authorization-mode": "Node,RBAC",
      // Without these, the controller manager and the scheduler log errors every few seconds.
      "requestheader-client-ca-file": credentials.authority,
      "requestheader-allowed-names": "front-proxy",
      "requestheader-username-headers": "X-Remote-User",
      "requestheader-group-headers": "X-Remote-Group",
      "requestheader-extra-headers-prefix": "X-Remote-Extra-",
      "proxy-client-cert-file": credentials.frontProxy.certificate,
      "proxy-client-key-file": credentials.frontProxy.key,
      "service-cluster-ip-range": serviceRange,
      "allow-privileged": true, // Longhorn's pods are privileged
      "kubelet-preferred-address-types": "InternalIP",
    }),
  ]);
}

export function kubeControllerManager({
  layout,
  credentials,
  binDirectory,
  profile,
}: ControlPlaneOptions): ProcessSpec {
  const { nodeMonitorPeriodSeconds, nodeMonitorGracePeriodSeconds, attachDetachSyncPeriodSeconds } = timings[profile];
  return plain("kube-controller-manager", [
    join(binDirectory, "kube-controller-manager"),
    ...flags({
      ...loopbackServer(
        10257,
        join(layout.pki, "kube-controller-manager"),
        kubeconfigFile(layout, "kube-controller-manager"),
      ),
      "use-service-account-credentials": true,
      "service-account-private-key-file": credentials.serviceAccountKey,
      "root-ca-file": credentials.authority,
      "node-monitor-period": `${nodeMonitorPeriodSeconds}s`,
      "node-monitor-grace-period": `${nodeMonitorGracePeriodSeconds}s`,
      "attach-detach-reconcile-sync-period": `${attachDetachSyncPeriodSeconds}s`,
    }),
  ]);
}

export function kubeScheduler({ layout, binDirectory }: ControlPlaneOptions): ProcessSpec {
  return plain("kube-scheduler", [
    join(binDirectory, "kube-scheduler"),
    ...flags(loopbackServer(10259, join(layout.pki, "kube-scheduler"), kubeconfigFile(layout, "kube-scheduler"))),
  ]);
}

/** One for the entire network namespace: it routes traffic from pods and from the relay to Services. */
export function kubeProxy({ layout, binDirectory }: ControlPlaneOptions, node: string): ProcessSpec {
  const argv = [
    join(binDirectory, "kube-proxy"),
    ...flags({
      kubeconfig: kubeconfigFile(layout, "kube-proxy"),
      "proxy-mode": "nftables",
      "hostname-override": node, // must exist, or kube-proxy waits 30 s for it
      "healthz-bind-address": "127.0.0.1:10256",
      "metrics-bind-address": "127.0.0.1:10249",
      "cluster-cidr": podRange,
      "detect-local-mode": "ClusterCIDR",
      // No sysctls, because they would change the machine.
      "conntrack-max-per-core": 0,
      "conntrack-tcp-timeout-established": "0s",
      "conntrack-tcp-timeout-close-wait": "0s",
    }),
  ];
  return { ...plain("kube-proxy", argv), env: { PATH: `${binDirectory}:${machinePath}` } };
}

/** Watches for two processes on one volume, and for processes that outlive their pod. */
export function monitor({ layout, binDirectory }: ControlPlaneOptions): ProcessSpec {
  return plain("sandbox-monitor", [
    join(binDirectory, "sandbox-monitor"),
    ...flags({
      kubeconfig: kubeconfigFile(layout, "sandbox-monitor"),
      volumes: layout.volumes,
      alarms: layout.alarms,
      period: "250ms",
    }),
  ]);
}

function loopbackServer(port: number, certificates: string, kubeconfig: string) {
  return {
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
    "bind-address": "127.0.0.1",
    "secure-port": port,
    "cert-dir": certificates,
    "leader-elect": false,
  };
}

const plain = (name: string, argv: readonly string[]): ProcessSpec => ({ name, argv, env: {}, mountNamespace: false });
