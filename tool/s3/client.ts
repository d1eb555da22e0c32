import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";

/** S3 client of the load and the verification, replaced by a fake in tests. */
export interface ObjectClient {
  /** Resolves when the server has acknowledged the object. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** Returns the content of the object; undefined if the server reports that it does not exist. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Returns the keys of all objects in the bucket; empty if the bucket does not exist. */
  keys(): Promise<string[]>;
  close(): void;
}

/** Additional requests of a drill. */
export interface DrillClient extends ObjectClient {
  createBucket(): Promise<void>;
  /** Deletes the bucket and its objects. A missing bucket is no error. */
  removeBucket(): Promise<void>;
  /** Deletes an object. A missing object is no error. */
  remove(key: string): Promise<void>;
  /** Returns the first keys with the prefix. */
  list(prefix: string): Promise<string[]>;
  /** Starts a multipart upload. */
  beginUpload(key: string): Promise<Upload>;
}

/** A multipart upload, which becomes an object when completed. */
export interface Upload {
  /** Uploads a part: at least 5 MiB, except the last one. */
  readonly part: (number: number, body: Uint8Array) => Promise<void>;
  readonly complete: () => Promise<void>;
}

export interface S3ClientOptions {
  /** URL such as `http://127.0.0.1:30080`. */
  url: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  bucket: string;
}

const connectionTimeoutMs = 1_000;
const requestTimeoutMs = 3_000;
const inParallel = 16;

function onceOnly(): S3ClientConfig {
  return {
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      httpAgent: new Agent({ keepAlive: false, maxSockets: 500 }),
      httpsAgent: new TlsAgent({ keepAlive: false, maxSockets: 500 }),
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Covers a response that stops in the middle: the request timeout ends with the headers.
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
  };
}

/** Retries and timeouts of an S3 client. */
export type Patience = "once" | "sdk-defaults";

/**
 * Creates an S3 client for one bucket.
 *
 * @param patience `once`: one attempt per request, because retries would hide an outage, each on a new connection, so
 * that it is routed anew each time; timeouts of 1 s to connect and 3 s to respond. `sdk-defaults`: the defaults of the
 * SDK
 */
export function createObjectClient(
  { url, credentials, bucket }: S3ClientOptions,
  patience: Patience = "once",
): DrillClient {
  const client = new S3Client({
    endpoint: url,
    region: "us-east-1",
    forcePathStyle: true,
    credentials,
    // The radosgw of s3gw does not support the checksum trailers that newer clients add by default.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(patience === "once" && onceOnly()),
  });
  return {
    async createBucket() {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    },
    async removeBucket() {
      try {
        for (let keys = await this.keys(); keys.length > 0; keys = await this.keys()) {
          for (let begin = 0; begin < keys.length; begin += inParallel) {
            await Promise.all(keys.slice(begin, begin + inParallel).map((key) => this.remove(key)));
          }
        }
        const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
        for (const { Key, UploadId } of Uploads) {
          await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
        }
        await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async list(prefix) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    async beginUpload(key) {
      const place = { Bucket: bucket, Key: key };
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
      const Parts: { PartNumber: number; ETag?: string }[] = [];
      return {
        async part(PartNumber, Body) {
          const { ETag } = await client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
          Parts.push({ PartNumber, ETag });
        },
        async complete() {
          await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
        },
      };
    },
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async get(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async keys() {
      const keys: string[] = [];
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
          for (const object of page.Contents ?? []) if (object.Key !== undefined) keys.push(object.Key);
        }
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
      return keys;
    },
    close: () => client.destroy(),
  };
}

/** A store with a new, empty volume lacks the bucket too. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NoSuchBucket"].includes(error.name);
}
