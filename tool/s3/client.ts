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

/** S3 client of the load and the verification. Tests replace it by a double. */
export interface ObjectClient {
  /** Resolves when the server has acknowledged the object. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** Returns the object's bytes; undefined if the server reports that it does not exist. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Returns the keys of all objects in the bucket; empty if the bucket does not exist. */
  keys(): Promise<string[]>;
  close(): void;
}

/** Additional requests of a drill. */
export interface DrillClient extends ObjectClient {
  createBucket(): Promise<void>;
  /** Deletes the bucket with all objects. A bucket that does not exist is not an error. */
  removeBucket(): Promise<void>;
  /** Deletes an object. An object that does not exist is not an error. */
  remove(key: string): Promise<void>;
  /** Returns the first keys with this prefix. */
  list(prefix: string): Promise<string[]>;
  /** Begins a multipart upload. */
  beginUpload(key: string): Promise<Upload>;
}

/** Multipart upload, which creates the object when it is completed. */
export interface Upload {
  /** Uploads a part. Each except for the last one has at least 5 MiB. */
  readonly part: (number: number, body: Uint8Array) => Promise<void>;
  readonly complete: () => Promise<void>;
}

export interface S3ClientOptions {
  /** Endpoint, such as `http://127.0.0.1:30080`. */
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
      // An answer that stops in its middle: the time for a request ends with its headers.
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
  };
}

/** Behavior of an S3 client for requests without a response. */
export type Patience = "once" | "sdk-defaults";

/**
 * Returns an S3 client for one bucket.
 *
 * @param patience `once`: every request is sent once, because retries would hide an outage, and on its own connection, so that
 * each is routed separately; the time limits are 1 s for the connection and 3 s for the response. `sdk-defaults`: the behavior
 * of an application without its own settings
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
    // radosgw of s3gw's age knows nothing of the checksum trailers that newer clients add by default.
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

/** Returns whether the object does not exist. A store that starts with an empty volume does not know the bucket either. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NoSuchBucket"].includes(error.name);
}
