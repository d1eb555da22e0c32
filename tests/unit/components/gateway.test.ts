import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { gatewayViolations, resolveS3GatewayArgs, type S3GatewayArgs } from "../../../components/gateway/args";
import { podSpec } from "../../../components/gateway/pod";
import { command, radosgwArguments } from "../../../components/gateway/radosgw";
import { resolveVolumeArgs } from "../../../components/gateway/volume-args";

const args: S3GatewayArgs = { namespace: "s3", volume: { size: "10Gi", storageClassName: "fast" } };
const fieldsOf = (name: string, more: object = {}) =>
  gatewayViolations(name, { ...args, ...more }).map(({ field }) => field);

describe("radosgw", () => {
  it("gets these arguments", () => {
    assert.deepEqual(radosgwArguments(resolveS3GatewayArgs("photos", args)), [
      "-d",
      ...["--id", "s3gw"],
      "--no-mon-config",
      ...["--rgw-data", "/data/"],
      ...["--run-dir", "/run/"],
      ...["--rgw-sfs-data-path", "/data"],
      ...["--rgw-backend-store", "sfs"],
      ...["--rgw-frontends", "beast port=7480"],
      ...["--rgw-dns-name", "localhost, photos, photos.s3, photos.s3.svc, photos.s3.svc.cluster.local"],
      ...["--rgw-s3gw-enable-telemetry", "false"],
      ...["--debug-rgw", "1"],
    ]);
  });

  it("is the container's first process, with enough open files, and gets its arguments as they are", () => {
    const report = "process.pid, fs.readFileSync(`/proc/self/limits`, `utf8`), process.argv.slice(1)";
    const standIn = `${process.execPath} -e 'console.log(JSON.stringify([${report}]))' --`;
    const [shell = "", ...rest] = command.map((word) => word.replace("/s3gw/bin/radosgw", standIn));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(..."aß $`\"'\\*!;&|\n{}()") })), (given) => {
        const { stdout, pid } = spawnSync(shell, [...rest, ...given], { encoding: "utf8" });
        const [ownPid, limits, received] = JSON.parse(stdout) as [number, string, string[]];
        assert.equal(ownPid, pid, "the shell is still there");
        assert.ok(Number(/Max open files +(\d+)/.exec(limits)?.[1]) > 1024, limits);
        assert.deepEqual(received, given);
      }),
      { numRuns: 20 },
    );
  }).timeout("1m"); // twenty processes
});

describe("the pod of a gateway", () => {
  const spec = podSpec(resolveS3GatewayArgs("photos", { ...args, tolerationSeconds: 5 }), "keys");
  const [container] = spec.containers as unknown as [Record<string, unknown>];

  it("is this", () => {
    const expected = {
      containers: [],
      terminationGracePeriodSeconds: 30,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: { "kubernetes.io/arch": "amd64" },
      tolerations: [
        { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 },
        { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 },
      ],
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      volumes: [{ name: "data", persistentVolumeClaim: { claimName: "photos-data" } }],
    };
    assert.deepEqual({ ...spec, containers: [] }, expected);
  });

  it("has one container with radosgw's default capabilities", () => {
    const { name, image, ports, volumeMounts, command: run } = container;
    assert.deepEqual(run, command);
    assert.deepEqual(
      { name, image, ports, volumeMounts },
      {
        name: "s3gw",
        image: "quay.io/s3gw/s3gw:v0.23.0",
        ports: [{ name: "s3", containerPort: 7480 }],
        volumeMounts: [{ name: "data", mountPath: "/data" }],
      },
    );
    assert.equal(container["securityContext"], undefined);
  });

  it("takes the keys from the Secret one by one and starts with none of them missing", () => {
    const key = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: "keys", key: name } } });
    assert.deepEqual(container["env"], [
      key("RGW_DEFAULT_USER_ID"),
      key("RGW_DEFAULT_USER_ACCESS_KEY"),
      key("RGW_DEFAULT_USER_SECRET_KEY"),
    ]);
  });

  it("is ready soon, waits longer for the start than radosgw does itself, and is restarted with patience only", () => {
    const { startupProbe, readinessProbe, livenessProbe } = container as Record<string, Record<string, unknown>>;
    assert.deepEqual(startupProbe?.["httpGet"], { path: "/swift/healthcheck", port: 7480 });
    assert.ok(Number(startupProbe["periodSeconds"]) * Number(startupProbe["failureThreshold"]) > 300);
    assert.deepEqual(readinessProbe?.["httpGet"], { path: "/", port: 7480 });
    assert.equal(readinessProbe["periodSeconds"], 1);
    assert.deepEqual(livenessProbe?.["tcpSocket"], { port: 7480 });
    assert.equal(livenessProbe["httpGet"], undefined);
    assert.ok(Number(livenessProbe["periodSeconds"]) * Number(livenessProbe["failureThreshold"]) >= 60);
  });
});

describe("the args of a gateway", () => {
  it("have defaults for all but namespace, size and class", () => {
    assert.deepEqual(resolveS3GatewayArgs("photos", args), {
      namespace: "s3",
      serviceName: "photos",
      volume: resolveVolumeArgs("S3Gateway", args.volume),
      tolerationSeconds: undefined,
      terminationGracePeriodSeconds: 30,
      livenessFailureSeconds: 60,
      image: "quay.io/s3gw/s3gw:v0.23.0",
      imageUpgrade: {},
      imagePullSecrets: [],
      prePullImage: true,
      credentials: undefined,
      s3gwArguments: {},
      logLevel: "low",
      resources: {},
      nodeSelector: { "kubernetes.io/arch": "amd64" },
      affinity: {},
      tolerations: [],
      priorityClassName: undefined,
      env: {},
      labels: {},
      annotations: {},
      service: {},
      dnsNames: ["localhost", "photos", "photos.s3", "photos.s3.svc", "photos.s3.svc.cluster.local"],
      clusterDomain: "cluster.local",
      deletionProtection: true,
    });
  });

  it("are refused all at once, with the ones that are missing", () => {
    assert.deepEqual(
      gatewayViolations("Photos", {} as S3GatewayArgs).map(({ field }) => field),
      [...["service.name", "namespace", "volume.size", "volume.storageClassName"]],
    );
    assert.deepEqual(
      fieldsOf("photos", {
        ...{ gateway: { image: { reference: "s3gw" } }, clusterDomain: "Cluster", deletionProtection: 1 },
        ...{ tolerationSeconds: -1, terminationGracePeriodSeconds: 0, livenessFailureSeconds: 5 },
        volume: { size: "1", storageClassName: "", accessMode: "ReadWriteMany" },
      }),
      [
        ...["volume.size", "volume.accessMode", "gateway.image.reference", "clusterDomain", "deletionProtection"],
        ...["volume.storageClassName", "tolerationSeconds", "terminationGracePeriodSeconds", "livenessFailureSeconds"],
      ],
    );
  });

  it("name an image that stays the same", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const refused = (reference: string) => fieldsOf("photos", { gateway: { image: { reference } } });
    for (const image of [
      "s3gw:v1",
      "quay.io/s3gw/s3gw:v0.23.0",
      "host:5000/s3gw:1",
      `s3gw@${digest}`,
      `s3gw:v1@${digest}`,
    ]) {
      assert.deepEqual(refused(image), [], image);
    }
    for (const image of ["", "s3gw", "s3gw:latest", "host:5000/s3gw", "s3gw: v1", "s3gw@sha256:1", "s3gw:"]) {
      assert.deepEqual(refused(image), ["gateway.image.reference"], image);
    }
  });

  it("ask for a volume of 1Gi at least and for one that Kubernetes can count", () => {
    const size = (value: unknown) => fieldsOf("photos", { volume: { storageClassName: "fast", size: value } });
    for (const good of ["1Gi", "1073741824", "2G", "1.5Ti"]) assert.deepEqual(size(good), [], good);
    for (const bad of ["1G", "1023Mi", "0", "16Ei", "", 10, undefined]) assert.deepEqual(size(bad), ["volume.size"]);
  });
});
