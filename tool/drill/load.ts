import { attempt, type Attempt, type RequestKind } from "../s3/attempt";
import type { DrillClient, ObjectClient, Upload } from "../s3/client";
import { contentOf } from "../s3/content";
import type { Ledger } from "../s3/ledger";
import { startLoad, openLoop } from "../s3/load";
import type { ApplicationView } from "./report";

export interface DrillLoadOptions {
  /** Tries every request once. */
  client: DrillClient;
  /** With the SDK's own retries and timeouts. */
  application: Pick<ObjectClient, "put">;
  ledger: Pick<Ledger, "append">;
  /** First part of every key of this run. */
  keyPrefix: string;
  /** PUTs a second. */
  putsPerSecond: number;
}

/** A running load of all kinds. */
export interface DrillLoad {
  /** The measuring client's requests that have ended. */
  readonly attempts: readonly Attempt[];
  /** The application's. */
  readonly applicationAttempts: readonly Attempt[];
  /** What the application has sent, whether or not it has an answer. */
  readonly applicationKeys: readonly string[];
  /** Sends no more, waits for the measuring client's requests and for the application's as long as it is patient. */
  stop(): Promise<{ attempts: readonly Attempt[]; application: ApplicationView }>;
}

export const objectBytes = 4096;
/** The smallest part that S3 takes of an upload that has another one, and the last part. */
const partBytes = [5 * 1024 * 1024, 4096] as const;
export const multipartBytes = partBytes[0] + partBytes[1];

/** How often what is sent beside the PUTs, a second. An upload in parts is begun, and ends when the next one begins. */
const otherPerSecond = { GET: 2, LIST: 0.5, MULTIPART: 0.1 } as const;
const applicationPerSecond = 1;
/** How long the application's requests may still take when everything else has ended. */
const applicationPatienceMs = 10_000;

/** Part of the names of what the application writes. */
export const applicationKey = "application-";
const multipartKey = "multipart-";

/** What is sent a second, by kind. */
export function ratesOf(putsPerSecond: number): Record<RequestKind, number> {
  return { PUT: putsPerSecond, ...otherPerSecond };
}

/** The size of an object of a load, which its name tells. */
export function sizeOfObject(key: string): number {
  return key.includes(multipartKey) ? multipartBytes : objectBytes;
}

/** A read that was answered with something else than what was written: a finding about the object, and not about the endpoint. */
export const contentErrors = ["NoSuchKey", "CorruptContent"];

/** Begins to send at fixed rates, whatever the answers: new objects, earlier ones read back, lists, uploads in parts. */
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

/** Its parts are sent at once, so that a failure finds one of them under way as often as it would a client's. */
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

/** Writes as an application does that leaves the SDK as it is. */
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
