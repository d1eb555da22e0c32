import {
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Agent } from "node:http";

/** What the load and the verification need of an S3 client; tests put a double in its place. */
export interface ObjectClient {
  /** Resolves when the server has acknowledged the object. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** The object's bytes; undefined when the server says that there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The names of all objects in the bucket. */
  keys(): Promise<string[]>;
  close(): void;
}

export interface S3ClientOptions {
  /** The endpoint, such as `http://127.0.0.1:30080`. */
  url: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  bucket: string;
}

const connectionTimeoutMs = 1_000;
const requestTimeoutMs = 3_000;

/**
 * An S3 client for one bucket. Every request is tried once: a client that retries by itself would hide the outage.
 * Connecting may take 1 s, an answer 3 s.
 */
export function createObjectClient({ url, credentials, bucket }: S3ClientOptions): ObjectClient & {
  createBucket(): Promise<void>;
} {
  const client = new S3Client({
    endpoint: url,
    region: "us-east-1",
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    // radosgw of s3gw's age knows nothing of the checksum trailers that newer clients add by default.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: new NodeHttpHandler({
      httpAgent: new Agent({ keepAlive: true, maxSockets: 500 }),
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
  });
  return {
    async createBucket() {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    },
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async get(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        if (error instanceof Error && error.name === "NoSuchKey") return undefined;
        throw error;
      }
    },
    async keys() {
      const keys: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
        for (const object of page.Contents ?? []) if (object.Key !== undefined) keys.push(object.Key);
      }
      return keys;
    },
    close: () => client.destroy(),
  };
}
