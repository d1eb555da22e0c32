import { attempt, type Attempt, type RequestKind } from "../s3/attempt";
import type { DrillClient, ObjectClient, Upload } from "../s3/client";
import { contentOf } from "../s3/content";
import type { Ledger } from "../s3/ledger";
import { startLoad, openLoop } from "../s3/load";
import type { ApplicationView } from "./report";

export interface DrillLoadOptions {
  /** Client without retries. */
  client: DrillClient;
  /** Client with the SDK's own retries and timeouts. */
  application: Pick<ObjectClient, "put">;
  ledger: Pick<Ledger, "append">;
  /** Prefix of all keys of this run. */
  keyPrefix: string;
  /** PUTs per second. */
  putsPerSecond: number;
}

/** Running load of all kinds of requests. */
export interface DrillLoad {
  /** Completed requests of the measuring client. */
  readonly attempts: readonly Attempt[];
  /** Completed requests of the application. */
  readonly applicationAttempts: readonly Attempt[];
  /** Keys that the application has sent, completed or not. */
  readonly applicationKeys: readonly string[];
  /** Stops sending, and waits for the measuring client's requests and, up to a time limit, for those of the application. */
  stop(): Promise<{ attempts: readonly Attempt[]; application: ApplicationView }>;
}

export const objectBytes = 4096;
/** Sizes of the parts of an upload: the minimum of S3 for all but the last part, and a small last part. */
const partBytes = [5 * 1024 * 1024, 4096] as const;
export const multipartBytes = partBytes[0] + partBytes[1];

/** Requests per second besides the PUTs. A multipart upload ends when the next one begins. */
const otherPerSecond = { GET: 2, LIST: 0.5, MULTIPART: 0.1 } as const;
const applicationPerSecond = 1;
/** Time limit for the application's requests after everything else has ended. */
const applicationPatienceMs = 10_000;

/** Part of the keys written by the application. */
export const applicationKey = "application-";
const multipartKey = "multipart-";

/** Returns the requests per second, by kind. */
export function ratesOf(putsPerSecond: number): Record<RequestKind, number> {
  return { PUT: putsPerSecond, ...otherPerSecond };
}

/** Returns the size of an object of a load, which its key encodes. */
export function sizeOfObject(key: string): number {
  return key.includes(multipartKey) ? multipartBytes : objectBytes;
}

/** Results of a read whose content is not what was written. They are findings about the object, not about the endpoint. */
export const contentErrors = ["NoSuchKey", "CorruptContent"];

/**
 * Starts to send requests at fixed rates, regardless of the responses: new objects, reads of earlier ones, lists, multipart
 * uploads.
 */
export function startDrillLoad(options: DrillLoadOptions): DrillLoad {
  const { client, ledger, keyPrefix, putsPerSecond } = options;
  const attempts: Attempt[] = [];
  const acknowledged: string[] = [];
  const record = (one: Attempt): boolean => {
    attempts.push(one);
    return one.ok;
  };
  const acknowledge = (key: string, { sentAt, endedAt }: Attempt): void => {
    ledger.append({ key, sentAt, acknowledgedAt: endedAt });
    acknowledged.push(key);
  };

  const puts = startLoad({
    client,
    keyPrefix: `${keyPrefix}put-`,
    requestsPerSecond: putsPerSecond,
    objectSizeBytes: objectBytes,
    ledger: {
      append: (write) => acknowledge(write.key, { ...write, endedAt: write.acknowledgedAt, kind: "PUT", ok: true }),
    },
    onAttempt: record,
  });
  const others = [
    openLoop(otherPerSecond.GET, async () => {
      const key = acknowledged[Math.floor(Math.random() * acknowledged.length)];
      if (key !== undefined) record(await attempt("GET", key, () => readWhole(client, key)));
    }),
    openLoop(otherPerSecond.LIST, async () => {
      record(await attempt("LIST", keyPrefix, () => client.list(keyPrefix)));
    }),
    openLoop(otherPerSecond.MULTIPART, (number) =>
      uploadInParts(client, `${keyPrefix}${multipartKey}${number}`, record, acknowledge),
    ),
  ];
  const application = startApplication(options);

  return {
    attempts,
    applicationAttempts: application.attempts,
    applicationKeys: application.keys,
    async stop() {
      await Promise.all([puts.stop(), application.stop(), ...others.map((loop) => loop.stop())]);
      await Promise.all(others.map((loop) => loop.settled()));
      return { attempts, application: await application.view() };
    },
  };
}

async function readWhole(client: Pick<ObjectClient, "get">, key: string): Promise<void> {
  const bytes = await client.get(key);
  if (bytes === undefined) throw named("NoSuchKey");
  if (!contentOf(key, sizeOfObject(key)).equals(bytes)) throw named("CorruptContent");
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/**
 * Uploads an object in parts. The parts are sent together, so that a failure interrupts one of them as often as it would a
 * client's.
 */
async function uploadInParts(
  client: DrillClient,
  key: string,
  record: (one: Attempt) => boolean,
  acknowledge: (key: string, attempt: Attempt) => void,
): Promise<void> {
  const content = contentOf(key, multipartBytes);
  let upload: Upload | undefined;
  const send = (request: () => Promise<unknown>): Promise<Attempt> => attempt("MULTIPART", key, request);
  const begun = await send(async () => (upload = await client.beginUpload(key)));
  if (!record(begun) || upload === undefined) return;
  const { part, complete } = upload;
  if (!record(await send(() => part(1, content.subarray(0, partBytes[0]))))) return;
  if (!record(await send(() => part(2, content.subarray(partBytes[0]))))) return;
  const completed = await send(complete);
  if (record(completed)) acknowledge(key, completed);
}

/** Writes like an application with the SDK's defaults. */
function startApplication({ application, ledger, keyPrefix }: DrillLoadOptions): {
  attempts: readonly Attempt[];
  keys: readonly string[];
  stop(): Promise<void>;
  view(): Promise<ApplicationView>;
} {
  const attempts: Attempt[] = [];
  const keys: string[] = [];
  const loop = openLoop(applicationPerSecond, async (number) => {
    const key = `${keyPrefix}${applicationKey}${String(number).padStart(6, "0")}`;
    keys.push(key);
    const put = await attempt("PUT", key, () => application.put(key, contentOf(key, objectBytes)));
    if (put.ok) ledger.append({ key, sentAt: put.sentAt, acknowledgedAt: put.endedAt });
    attempts.push(put);
  });
  return {
    attempts,
    keys,
    stop: () => loop.stop(),
    async view() {
      await Promise.race([
        loop.settled(),
        new Promise((resolve) => setTimeout(resolve, applicationPatienceMs).unref()),
      ]);
      const answered = attempts.filter(({ ok }) => ok).map(({ sentAt, endedAt }) => (endedAt - sentAt) / 1000);
      return {
        sent: keys.length,
        failed: attempts.filter(({ ok }) => !ok).length,
        hanging: loop.underWay,
        longestSeconds: Math.max(0, ...answered),
      };
    },
  };
}
