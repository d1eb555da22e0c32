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

/** What the load and the verification need of an S3 client; tests put a double in its place. */
export interface ObjectClient {
  /** Resolves when the server has acknowledged the object. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** The object's bytes; undefined when the server says that there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The names of all objects in the bucket; none where there is no such bucket. */
  keys(): Promise<string[]>;
  close(): void;
}

/** What else a drill sends. */
export interface DrillClient extends ObjectClient {
  createBucket(): Promise<void>;
  /** Removes the bucket with everything in it; one that is not there is no error. */
  removeBucket(): Promise<void>;
  /** Takes an object away; one that is not there is no error. */
  remove(key: string): Promise<void>;
  /** The first names that begin so. */
  list(prefix: string): Promise<string[]>;
  /** Begins an upload in parts. */
  beginUpload(key: string): Promise<Upload>;
}

/** An upload in parts, which is an object only when it has been completed. */
export interface Upload {
  /** Each but the last part has at least 5 MiB. */
  readonly part: (number: number, body: Uint8Array) => Promise<void>;
  readonly complete: () => Promise<void>;
}

export interface S3ClientOptions {
  /** The endpoint, such as `http://127.0.0.1:30080`. */
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

/** How an S3 client goes about requests that have no answer. */
export type Patience = "once" | "sdk-defaults";

/**
 * An S3 client for one bucket.
 *
 * @param patience `once`: every request is tried once, since a client that retries by itself would hide an outage, and on a connection of its
 *   own, so that each is routed anew; connecting may take 1 s and an answer 3 s. `sdk-defaults`: what an application
 *   gets that sets nothing
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

/** A store that has come up with an empty volume does not know the bucket either. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NoSuchBucket"].includes(error.name);
}
