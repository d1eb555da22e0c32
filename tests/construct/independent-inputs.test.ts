import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as library from "../../index";
import { violationText, type InvalidArgsError } from "../../components/validation/violations";
import { record, registeredSoFar } from "./recorder";

type Component = "ObjectStore" | "S3Gateway" | "Longhorn" | "NodeFencing";
type Tree = Record<string, unknown>;

/** Stands for every secret in the inputs: no message may have it. */
const secret = "correct-horse-battery";

/** Args that nothing is wrong with, of each component. */
const good: Record<Component, Tree> = {
  ObjectStore: { longhorn: {}, volume: { size: "20Gi" }, failover: { onNodeFailure: "Wait" } },
  S3Gateway: { namespace: "media", volume: { size: "20Gi", storageClassName: "longhorn-s3" } },
  Longhorn: {},
  NodeFencing: { remediator: "SelfNodeRemediation", namespace: "medik8s" },
};

interface Case {
  component?: Component;
  /** Inputs beside the good ones, or in their place. */
  args: unknown;
  name?: string;
}

interface BadCase extends Case {
  /** Input that the refusal is about, and what it says is allowed. */
  field: string;
  allowed: RegExp;
  /** The value as the refusal shows it, where that is not plain. */
  got?: RegExp;
  /** What is offered, where that is more than an example. */
  fix?: RegExp;
}

const store = (more: Tree): Tree => ({ ...good.ObjectStore, ...more });
const onExisting = (more: Tree, version = "1.12.1"): Tree => ({
  ...good.ObjectStore,
  longhorn: undefined,
  existingLonghorn: { version, storageClassName: "fast", podDeletionPolicy: "do-nothing", ...more },
});
const volume = (more: Tree): Tree => store({ volume: { size: "20Gi", ...more } });
const pod = (more: Tree): Tree => store({ pod: more });
const image = (reference: string): Tree => store({ gateway: { image: { reference } } });
const backup = (more: Tree): Tree => ({ backup: { target: "nfs://nas:/backups", ...more } });
const s3 = (credentials: Tree): Tree => ({
  backup: { target: "s3://vault@eu/", credentials: { accessKeyId: "AKIA", secretAccessKey: secret, ...credentials } },
});
const settings = (chosen: Tree, version = "1.12.1"): Tree => ({ version, values: { defaultSettings: chosen } });
const agent = (more: Tree): Tree => ({
  ...{ remediator: "FenceAgentsRemediation", namespace: "medik8s" },
  fenceAgent: { agent: "fence_redfish", nodeParameters: { "--ip": { "worker-a": "198.51.100.1" } }, ...more },
});
const required = "requiredDuringSchedulingIgnoredDuringExecution";

const anObject = /^an object with /;
const aList = /^a list$/;
const byName = /^a map of values by name$/;
const reference = /^an image reference /;
const bytes = /^a Kubernetes quantity of whole bytes/;
const backupUrl = /^the URL of a backup, .*without user and password/;

const bad: Record<string, BadCase> = {
  // What is no object, list or map
  "no args at all": { args: undefined, field: "args", allowed: anObject, got: /nothing/, fix: /args: \{"longhorn"/ },
  "a list for args": { args: [], field: "args", allowed: anObject },
  "no args of a gateway": { component: "S3Gateway", args: null, field: "args", allowed: anObject, got: /null/ },
  "no args of a Longhorn": { component: "Longhorn", args: null, field: "args", allowed: anObject },
  "no args of a fencing": { component: "NodeFencing", args: undefined, field: "args", allowed: anObject },
  "volume null": {
    args: store({ volume: null }),
    field: "volume",
    allowed: anObject,
    fix: /volume: \{"size":"10Gi"\}/,
  },
  "volume as a text": { args: store({ volume: "20Gi" }), field: "volume", allowed: anObject, got: /"20Gi"/ },
  "longhorn as true": { args: store({ longhorn: true }), field: "longhorn", allowed: anObject, fix: /longhorn: \{\}/ },
  "pod null": { args: pod(null as never), field: "pod", allowed: anObject },
  "env null": { args: pod({ env: null }), field: "pod.env", allowed: byName },
  "labels as a list": { args: store({ labels: ["team=a"] }), field: "labels", allowed: byName },
  "limits null": { args: pod({ resources: { limits: null } }), field: "pod.resources.limits", allowed: byName },
  "dnsNames null": { args: store({ dnsNames: null }), field: "dnsNames", allowed: aList },
  "tolerations as an object": {
    args: pod({ tolerations: { key: "a", operator: "Exists" } }),
    ...{ field: "pod.tolerations", allowed: aList, fix: /pod\.tolerations: \[\{"key":"a"/ },
  },
  "an existing volume null": { args: volume({ existing: null }), field: "volume.existing", allowed: anObject },
  "a job as a text": {
    args: volume({ recurringJobs: ["@daily"] }),
    ...{ field: "volume.recurringJobs[0]", allowed: anObject, got: /"@daily"/ },
  },
  "node affinity null": {
    args: pod({ affinity: { nodeAffinity: null } }),
    ...{ field: "pod.affinity.nodeAffinity", allowed: anObject },
  },
  "a term null": {
    args: pod({ affinity: { podAffinity: { [required]: [null] } } }),
    ...{ field: `pod.affinity.podAffinity.${required}[0]`, allowed: anObject },
  },
  "fencing as a text": {
    args: store({ failover: { onNodeFailure: "Fence", fencing: "medik8s" } }),
    ...{ field: "failover.fencing", allowed: anObject },
  },
  "encryption null": {
    component: "Longhorn",
    ...{ args: { storageClass: { encryption: null } }, field: "storageClass.encryption", allowed: anObject },
  },
  "credentials as a text": {
    component: "Longhorn",
    ...{ args: backup({ credentials: secret }), field: "backup.credentials", allowed: anObject, got: /a secret/ },
  },
  "shared parameters null": {
    component: "NodeFencing",
    ...{ args: agent({ sharedParameters: null }), field: "fenceAgent.sharedParameters", allowed: byName },
  },
  "a class of a date": { args: store({ service: new Date(0) }), field: "service", allowed: anObject },
  "an Output for a group": { args: store({ pod: pulumi.output({}) }), field: "pod", allowed: /./, got: /an Output/ },
  "an Output for a label": {
    args: store({ labels: { team: pulumi.output("a") } }),
    ...{ field: "labels.team", allowed: /./, got: /an Output/ },
  },
  // Inputs that there are not
  "a misspelled input": {
    args: store({ dnsName: ["s3.example.com"] }),
    ...{
      field: "dnsName",
      allowed: /^one of the inputs .*dnsNames/,
      fix: /dnsNames: \["s3\.example\.com"\], instead of dnsName/,
    },
  },
  "a misspelled input of a group": {
    args: store({ service: { prot: 80 } }),
    ...{
      field: "service.prot",
      allowed: /^one of the inputs .*port/,
      fix: /service\.port: 80, instead of service\.prot/,
    },
  },
  "a misspelled secret": {
    component: "Longhorn",
    args: s3({ secretAccesKey: secret }),
    ...{ field: "backup.credentials.secretAccesKey", allowed: /^one of the inputs/, got: /a secret/ },
  },
  "an input of another chart": {
    args: store({ service: { externalTrafficPolicy: "Local" } }),
    ...{ field: "service.externalTrafficPolicy", allowed: /^one of the inputs name, type, port/ },
  },
  "a key of every object": {
    args: store({ volume: { size: "20Gi", hasOwnProperty: 1 } }),
    ...{ field: "volume.hasOwnProperty", allowed: /^one of the inputs/ },
  },
  "a key of 100,000 letters": {
    args: store({ ["a".repeat(100_000)]: 1 }),
    ...{ field: "a".repeat(100_000), allowed: /^one of the inputs/ },
  },
  // Values as they are shown
  "an endless number": {
    args: store({ service: { port: Infinity } }),
    ...{ field: "service.port", allowed: /^a port/, got: /Infinity/ },
  },
  "a big integer": {
    args: store({ failover: { onNodeFailure: "Wait", livenessFailureSeconds: 60n } }),
    ...{ field: "failover.livenessFailureSeconds", allowed: /^a whole number of seconds/, got: /60n/ },
  },
  "a function": {
    args: store({ clusterDomain: () => "cluster.local" }),
    ...{ field: "clusterDomain", allowed: /^a DNS subdomain/, got: /a function/ },
  },
  "a name with a tab": {
    args: store({}),
    ...{ name: "me\tdia", field: "service.name", allowed: /^a DNS label/, got: /"me\\tdia"/ },
  },
  "a namespace with an override of the direction": {
    args: store({ namespace: "me\u202edia" }),
    ...{ field: "namespace", allowed: /^a DNS label/, got: /"me\\u202edia"/ },
  },
  // Secrets
  "keys in the URL of a backup": {
    args: volume({ fromBackup: `s3://AKIA:${secret}@eu/?backup=backup-1&volume=pvc-1` }),
    ...{ field: "volume.fromBackup", allowed: backupUrl, got: /"s3:\/\/…@eu\// },
  },
  "a password in the options of a backup": {
    args: volume({ fromBackup: `cifs://nas/share?cifsOptions=password=${secret}&backup=backup-1&volume=pvc-1` }),
    ...{ field: "volume.fromBackup", allowed: backupUrl },
  },
  "a password in the target of another's Longhorn": {
    args: onExisting({ backupTarget: `cifs://robot:${secret}@nas/share` }),
    ...{ field: "existingLonghorn.backupTarget", allowed: /without user and password/ },
  },
  "a password in a target": {
    component: "Longhorn",
    args: { backup: { target: `cifs://robot:${secret}@nas/share`, credentialSecretName: "nas" } },
    ...{ field: "backup.target", allowed: /^s3:\/\/bucket@region/ },
  },
  "a login in the address of a registry": {
    component: "Longhorn",
    args: { images: { registry: `robot:${secret}@registry.example.com` } },
    ...{ field: "images.registry", allowed: /^the host of a registry/ },
  },
  "a registry's password among the values": {
    component: "Longhorn",
    args: { values: { privateRegistry: { registryPasswd: secret } } },
    ...{
      field: "values.privateRegistry.registryPasswd",
      allowed: /^no password in plain text/,
      fix: /images: .*a secret.*, instead of values\.privateRegistry/,
    },
  },
  "the first user's key in the environment": {
    args: pod({ env: { RGW_DEFAULT_USER_ACCESS_KEY: secret } }),
    ...{ field: 'pod.env["RGW_DEFAULT_USER_ACCESS_KEY"]', allowed: /^no variable with a key of the first user/ },
  },
  "a token of a fence agent": {
    component: "NodeFencing",
    args: agent({ sharedParameters: { "--api-token": secret } }),
    ...{
      field: 'fenceAgent.sharedParameters["--api-token"]',
      allowed: /^no secret/,
      fix: /instead of fenceAgent\.sharedParameters/,
    },
  },
  "the key of IPMI in the open": {
    component: "NodeFencing",
    args: agent({ nodeParameters: { "--ip": { a: "198.51.100.1" }, "--hexadecimal-kg": { a: secret } } }),
    ...{ field: 'fenceAgent.nodeParameters["--hexadecimal-kg"]', allowed: /^no secret/ },
  },
  // Names and references
  "an image with a scheme": {
    args: image("docker://registry.example.com/s3gw:v1"),
    ...{ field: "gateway.image.reference", allowed: reference, fix: /: "registry\.example\.com\/s3gw:v1"/ },
  },
  "an image in capitals": {
    args: image("registry.example.com/S3GW:v1"),
    field: "gateway.image.reference",
    allowed: reference,
  },
  "an image with an empty part": {
    args: image("registry.example.com//s3gw:v1"),
    field: "gateway.image.reference",
    allowed: reference,
  },
  "an image with an invisible letter": {
    args: image("registry.example.com/s3\u2060gw:v1"),
    ...{ field: "gateway.image.reference", allowed: reference, got: /s3\\u2060gw/ },
  },
  "one pull secret twice": {
    args: store({ gateway: { image: { pullSecrets: ["mirror", "hub", "mirror"] } } }),
    ...{ field: "gateway.image.pullSecrets[2]", allowed: /^a name that is not in the list yet/ },
  },
  "one Secret for two": {
    component: "Longhorn",
    args: {
      images: { username: "a", password: secret, pullSecretName: "keys" },
      backup: { ...(s3({})["backup"] as Tree), credentialSecretName: "keys" },
    },
    ...{ field: "images.pullSecretName", allowed: /^a name that differs from backup\.credentialSecretName/ },
  },
  "a name of a snapshot that no file can have": {
    args: store({ gateway: { image: { upgrade: { snapshot: "s".repeat(240) } } } }),
    ...{ field: "gateway.image.upgrade.snapshot", allowed: /at most 230/ },
  },
  "a DNS label of 70 letters": {
    args: store({ dnsNames: [`${"d".repeat(70)}.example.com`] }),
    ...{ field: "dnsNames[0]", allowed: /63 per label/ },
  },
  "a version with a zero too many": {
    component: "Longhorn",
    ...{ args: { version: "1.09.2" }, field: "version", allowed: /^a full version/, fix: /version: "1\.9\.2"/ },
  },
  "a port that there is not": {
    component: "Longhorn",
    args: s3({ endpoint: "https://s3.example.com:70000" }),
    ...{ field: "backup.credentials.endpoint", allowed: /^the URL of an S3 server/ },
  },
  "a NUL in a path": {
    component: "Longhorn",
    ...{
      args: { kubeletRootDir: "/var/lib/\0kubelet" },
      field: "kubeletRootDir",
      allowed: /^an absolute path/,
      got: /\\u0000/,
    },
  },
  "a certificate on one line": {
    component: "Longhorn",
    args: s3({ certificate: "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----" }),
    ...{ field: "backup.credentials.certificate", allowed: /^PEM certificates with line breaks/ },
  },
  "a class's parameter that is no text": {
    args: onExisting({ storageClassParameters: { numberOfReplicas: 2 } }),
    ...{ field: 'existingLonghorn.storageClassParameters["numberOfReplicas"]', allowed: /^a string/, fix: /: "2"/ },
  },
  // What the cluster would take and that does not work
  "memory in thousandths": {
    args: pod({ resources: { requests: { memory: "256m" } } }),
    ...{ field: 'pod.resources.requests["memory"]', allowed: bytes, fix: /: "256Mi"/ },
  },
  "a limit of two bytes": {
    args: pod({ resources: { limits: { memory: "2" } } }),
    ...{ field: 'pod.resources.limits["memory"]', allowed: bytes },
  },
  "a disk in thousandths": {
    args: pod({ resources: { limits: { "ephemeral-storage": "100m" } } }),
    ...{ field: 'pod.resources.limits["ephemeral-storage"]', allowed: bytes },
  },
  "a selector of another architecture": {
    args: pod({ nodeSelector: { "kubernetes.io/arch": "riscv64" } }),
    ...{ field: 'pod.nodeSelector["kubernetes.io/arch"]', allowed: /^"amd64"/ },
  },
  "terms of another system": {
    args: pod({
      affinity: {
        nodeAffinity: {
          [required]: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["windows"] }] },
              { matchExpressions: [{ key: "kubernetes.io/arch", operator: "NotIn", values: ["amd64"] }] },
            ],
          },
        },
      },
    }),
    ...{ field: `pod.affinity.nodeAffinity.${required}.nodeSelectorTerms`, allowed: /Linux nodes on amd64/ },
  },
  "a selector of nodes without Longhorn": {
    args: store({
      longhorn: { placement: { nodeSelector: { storage: "longhorn" } } },
      pod: { nodeSelector: { storage: "none" } },
    }),
    ...{ field: 'pod.nodeSelector["storage"]', allowed: /^"longhorn", as in longhorn\.placement/, fix: /: "longhorn"/ },
  },
  "a preference of pods without a selector": {
    args: pod({
      affinity: {
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: "zone" } }],
        },
      },
    }),
    field: "pod.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector",
    allowed: /^a label selector/,
  },
  "a claim for one pod on an old Longhorn": {
    args: { ...onExisting({}, "1.9.2"), volume: { size: "20Gi", accessMode: "ReadWriteOncePod" } },
    ...{ field: "volume.accessMode", allowed: /^"ReadWriteOnce" on Longhorn 1\.9\.2/ },
  },
  "a class of another by an annotation": {
    args: store({ annotations: { "volume.beta.kubernetes.io/storage-class": "cheap" } }),
    ...{
      field: 'annotations["volume.beta.kubernetes.io/storage-class"]',
      allowed: /^no annotation that Kubernetes/,
    },
  },
  "the mark of a bound claim": {
    args: store({ annotations: { "pv.kubernetes.io/bind-completed": "yes" } }),
    ...{ field: 'annotations["pv.kubernetes.io/bind-completed"]', allowed: /^no annotation that Kubernetes/ },
  },
  "annotations of 400 KiB": {
    args: store({ annotations: { "example.com/a": "x".repeat(200_000), "example.com/b": "y".repeat(200_000) } }),
    ...{ field: "annotations", allowed: /bytes in total/ },
  },
  "a variable of 200 KiB": {
    args: pod({ env: { NOTES: "x".repeat(200_000) } }),
    ...{ field: 'pod.env["NOTES"]', allowed: /at most 128 KiB/ },
  },
  "names of 300 KiB": {
    args: store({ dnsNames: Array.from({ length: 9000 }, (_, index) => `host-${index}.objects.example.com`) }),
    ...{ field: "dnsNames", allowed: /less than 128 KiB/ },
  },
  "options of the shell": {
    args: pod({ env: { SHELLOPTS: "xtrace" } }),
    ...{ field: 'pod.env["SHELLOPTS"]', allowed: /^no variable that makes the shell run/ },
  },
  "a library before all others": {
    args: pod({ env: { LD_AUDIT: "/data/x.so" } }),
    ...{ field: 'pod.env["LD_AUDIT"]', allowed: /^no variable that the image uses to find/ },
  },
  "two nodes with one machine": {
    component: "NodeFencing",
    args: agent({
      nodeParameters: { "--ip": { a: "198.51.100.7", b: "198.51.100.7" }, "--ipport": { a: "623", b: "623" } },
    }),
    ...{ field: 'fenceAgent.nodeParameters["--ip"]["b"]', allowed: /^a value that differs from that of node "a"/ },
  },
  // Values of the chart
  "a truth value of the chart that is none": {
    component: "Longhorn",
    args: settings({ autoSalvage: "perhaps" }),
    ...{ field: "values.defaultSettings.autoSalvage", allowed: /^true or false/ },
  },
  "a number of the chart out of range": {
    component: "Longhorn",
    args: settings({ defaultReplicaCount: "40" }),
    ...{ field: "values.defaultSettings.defaultReplicaCount", allowed: /from 1 to 20/ },
  },
  "a word of the chart of a later release": {
    component: "Longhorn",
    args: settings({ nodeDrainPolicy: "block-for-eviction" }, "1.5.3"),
    ...{ field: "values.defaultSettings.nodeDrainPolicy", allowed: /"block-if-contains-last-replica"/ },
  },
  "a path of the chart that is relative": {
    component: "Longhorn",
    args: settings({ defaultDataPath: "var/lib/longhorn" }),
    ...{ field: "values.defaultSettings.defaultDataPath", allowed: /^an absolute path/ },
  },
  "an engine of the chart that is off": {
    component: "Longhorn",
    args: settings({ v1DataEngine: "false" }),
    ...{ field: "values.defaultSettings.v1DataEngine", allowed: /^another value, because/ },
  },
  "a setting that every object has": {
    component: "Longhorn",
    args: { settings: { valueOf: 1 } },
    ...{ field: "settings.valueOf", allowed: /^a setting with a key in Longhorn's chart/ },
  },
  "a setting in other letters": {
    component: "Longhorn",
    args: { settings: { replicaautobalance: "best-effort" } },
    ...{
      field: "settings.replicaautobalance",
      allowed: /did you mean replicaAutoBalance\?/,
      fix: /instead of settings\.replicaautobalance/,
    },
  },
};

const valid: Record<string, Case> = {
  "a digest of SHA-512": { args: image(`registry.example.com/s3gw@sha512:${"0".repeat(128)}`) },
  "a digest behind a tag": { args: image(`registry.example.com:5000/a/b_c/d--e:v1@sha256:${"0".repeat(64)}`) },
  "a registry in capitals": { args: image("Registry.Example.COM/s3gw:v1") },
  "an image of a short name": { args: image("s3gw:2026.1_rc-1") },
  "arm64 with an image of one's own": {
    args: store({
      pod: { nodeSelector: { "kubernetes.io/arch": "arm64" } },
      gateway: { image: { reference: "registry.example.com/s3gw:v1-arm64" } },
    }),
  },
  "amd64 by name": { args: pod({ nodeSelector: { "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux" } }) },
  "a term that amd64 can match": {
    args: pod({
      affinity: {
        nodeAffinity: {
          [required]: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }] },
              { matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64", "amd64"] }] },
            ],
          },
        },
      },
    }),
  },
  "a node by its name": {
    args: pod({
      affinity: {
        nodeAffinity: {
          [required]: {
            nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "NotIn", values: ["worker-1"] }] }],
          },
        },
      },
    }),
  },
  "pods of other namespaces": {
    args: pod({
      affinity: {
        podAntiAffinity: {
          [required]: [
            {
              ...{ topologyKey: "kubernetes.io/hostname", labelSelector: {}, matchLabelKeys: ["team"] },
              namespaceSelector: { matchLabels: { "example.com/tier": "storage" } },
            },
          ],
        },
      },
    }),
  },
  "variables with dots and hyphens": { args: pod({ env: { "my.var-1": "a", _x: "", ".a": "b" } }) },
  "dollars in a variable": { args: pod({ env: { PRICE: "5$", BOTH: "a$$b$(HOME)" } }) },
  "the longest variable": { args: pod({ env: { NOTES: "x".repeat(131_060) } }) },
  "memory in every suffix": {
    args: pod({ resources: { requests: { memory: "128Mi", cpu: "0.5" }, limits: { memory: "1.5Gi", cpu: "2500m" } } }),
  },
  "memory in bytes": { args: pod({ resources: { limits: { memory: "1073741824", "ephemeral-storage": "1e9" } } }) },
  "an annotation of a domain in capitals": { args: store({ annotations: { "Example.COM/Owner": "a" } }) },
  "an annotation of kubectl": { args: store({ annotations: { "kubectl.kubernetes.io/default-container": "s3gw" } }) },
  "annotations of 200 KiB": { args: store({ annotations: { "example.com/note": "x".repeat(200_000) } }) },
  "a label of 63 letters": { args: store({ dnsNames: [`${"d".repeat(63)}.example.com`] }) },
  "3000 names": { args: store({ dnsNames: Array.from({ length: 3000 }, (_, index) => `h${index}.example.com`) }) },
  "a backup on CIFS": { args: volume({ fromBackup: "cifs://nas/share?backup=backup-1&volume=pvc-1" }) },
  "a backup in a folder of CIFS with options": {
    args: volume({ fromBackup: "cifs://nas.example.com/share/a?cifsOptions=vers%3D3.0&backup=backup-1&volume=pvc-1" }),
  },
  "a backup on Azure": {
    args: volume({ fromBackup: "azblob://vault@core.windows.net/?backup=backup-1&volume=pvc-1" }),
  },
  "tabs in a schedule": {
    args: volume({ recurringJobs: [{ name: "nightly", task: "snapshot", cron: "0\t2\t*\t*\t*" }] }),
  },
  "further tasks of Longhorn": {
    args: volume({
      recurringJobs: [
        { name: "forced", task: "snapshot-force-create", cron: "@hourly", retain: 3 },
        { name: "tidy", task: "snapshot-cleanup", cron: "@daily" },
        { name: "old", task: "snapshot-delete", cron: "@weekly", retain: 2 },
      ],
    }),
  },
  "a claim for one node on an old Longhorn": {
    args: { ...onExisting({}, "1.9.2"), volume: { size: "20Gi", accessMode: "ReadWriteOnce" } },
  },
  "a claim for one pod on a new Longhorn": {
    args: { ...onExisting({}, "1.11.0"), volume: { size: "20Gi", accessMode: "ReadWriteOncePod" } },
  },
  "a target of another's Longhorn": { args: onExisting({ backupTarget: "s3://vault@eu-west-1/a/b" }) },
  "an endpoint with an address of IPv6": {
    component: "Longhorn",
    args: s3({ endpoint: "https://[2001:db8::1]:9000" }),
  },
  "the last port": { component: "Longhorn", args: s3({ endpoint: "http://minio.example.com:65535/s3" }) },
  "a chain of certificates": {
    component: "Longhorn",
    args: s3({
      certificate:
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n\n-----BEGIN CERTIFICATE-----\r\nMIIBAA==\r\n-----END CERTIFICATE-----\n",
    }),
  },
  "a pre-release": { component: "Longhorn", args: { version: "1.12.1-rc1", chart: "../charts/longhorn-1.12.1.tgz" } },
  "texts of the chart": {
    component: "Longhorn",
    args: settings({ replicaSoftAntiAffinity: "true", snapshotMaxCount: "50", replicaAutoBalance: "best-effort" }),
  },
  "values for each engine of the chart": {
    component: "Longhorn",
    args: settings({ defaultReplicaCount: { v1: 3, v2: 2 }, engineReplicaTimeout: '{"v1":"10","v2":"10"}' }),
  },
  "null in the chart's values": {
    component: "Longhorn",
    args: settings({ priorityClass: null, autoSalvage: undefined }),
  },
  "a registry's password that is secret": {
    component: "Longhorn",
    args: { values: { privateRegistry: { registryUser: "robot", registryPasswd: pulumi.secret(secret) } } },
  },
  "undefined for what may be left out": {
    args: store({ pod: undefined, service: { port: undefined }, prediction: undefined, unknown: undefined }),
  },
  "empty groups": { args: store({ pod: {}, service: {}, gateway: { image: {}, s3gw: {} }, dnsNames: [], labels: {} }) },
  "args without a prototype": { args: Object.assign(Object.create(null) as Tree, good.ObjectStore) },
  "one address for two plugs": {
    component: "NodeFencing",
    args: agent({ nodeParameters: { "--ip": { a: "198.51.100.7", b: "198.51.100.7" }, "--plug": { a: "1", b: "2" } } }),
  },
  "one address and the node's name": {
    component: "NodeFencing",
    args: agent({
      nodeParameters: { "--ip": { a: "pdu", b: "pdu" } },
      sharedParameters: { "--plug": "{{.NodeName}}" },
    }),
  },
  "a key that is a file": {
    component: "NodeFencing",
    args: agent({ sharedParameters: { "--identity-file": "/keys/id", "--token-file": "/keys/token", "--ssl": "1" } }),
  },
};

function make({ component = "ObjectStore", name = "media", args }: Case): void {
  const Made = library[component] as unknown as new (name: string, args: unknown) => pulumi.ComponentResource;
  new Made(name, args);
}

describe("inputs that nobody should have to deploy to find out about", () => {
  it("are many", () => {
    assert.ok(Object.keys(bad).length >= 60, String(Object.keys(bad).length));
    assert.ok(Object.keys(valid).length >= 30, String(Object.keys(valid).length));
  });

  for (const [what, one] of Object.entries(bad)) {
    it(`${what}: refused by its field, its value and what is allowed, before anything is registered`, async () => {
      let error: InvalidArgsError | undefined;
      await record(() => {
        assert.throws(
          () => make(one),
          (thrown: InvalidArgsError) => {
            error = thrown;
            return true;
          },
        );
      });
      assert.equal(error?.name, "InvalidArgsError", error?.stack);
      assert.equal(registeredSoFar(), 0);
      const { message, violations } = error;
      assert.deepEqual(
        violations.map(({ field }) => field),
        [one.field],
      );
      const [violation = assert.fail()] = violations;
      assert.match(violation.allowed, one.allowed);
      const [said = "", ...ways] = violationText(violation).split("\n");
      assert.match(said, one.got ?? /: got \S/);
      assert.match(ways[0] ?? "", one.fix ?? /^ {4}fix: \S/);
      assert.ok(!message.includes(secret), message);
      assert.ok(message.length < 4000, `${message.length} characters`);
      assert.doesNotMatch(message.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    });
  }

  for (const [what, one] of Object.entries(valid)) {
    it(`${what}: accepted`, async () => {
      await record(() => make(one));
      assert.ok(registeredSoFar() > 1);
    });
  }
});
