import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { storeFromStack } from "longhorn-s3";

const config = new pulumi.Config();
const bucket = config.require("bucket");
const store = storeFromStack(config.require("storesStack"), config.get("store"));

const namespace = new k8s.core.v1.Namespace("application").metadata.name;

/** Environment of the application's containers (`envFrom`), under the names that the AWS SDKs read. */
const secret = new k8s.core.v1.Secret("bucket", {
  metadata: { namespace },
  stringData: {
    AWS_ENDPOINT_URL_S3: store.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: store.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: store.credentials.secretAccessKey,
    BUCKET: bucket,
  },
});

const program = new k8s.core.v1.ConfigMap("make-bucket", {
  metadata: { namespace },
  data: {
    "make-bucket.cjs": readFileSync(join(__dirname, "make-bucket.cjs"), "utf8"),
    "aws4fetch.cjs": readFileSync(require.resolve("aws4fetch"), "utf8"),
  },
});

// Endpoint and bucket are arguments, so that a change of them replaces the Job. A change of the Secret alone would not.
const job = new k8s.batch.v1.Job("make-bucket", {
  metadata: { namespace },
  spec: {
    backoffLimit: 4,
    template: {
      spec: {
        restartPolicy: "OnFailure",
        containers: [
          {
            name: "make-bucket",
            image: "node:22-alpine",
            command: ["node", "/program/make-bucket.cjs"],
            args: [store.endpoint, bucket],
            envFrom: [{ secretRef: { name: secret.metadata.name } }],
            volumeMounts: [{ name: "program", mountPath: "/program", readOnly: true }],
          },
        ],
        volumes: [{ name: "program", configMap: { name: program.metadata.name } }],
      },
    },
  },
});

/** Name of the bucket; known once it exists. */
export const bucketName = job.id.apply(() => bucket);
export const secretName = secret.metadata.name;
export const secretNamespace = namespace;
