import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { multipartBytes, objectBytes, sizeOfObject, startDrillLoad } from "../../../../tool/drill/load";
import type { DrillClient } from "../../../../tool/s3/client";
import { contentOf } from "../../../../tool/s3/content";
import type { AcknowledgedWrite } from "../../../../tool/s3/ledger";

/** A store in memory. */
function memoryClient(objects: Map<string, Uint8Array>): DrillClient {
  return {
    put: (key, body) => Promise.resolve(void objects.set(key, body)),
    get: (key) => Promise.resolve(objects.get(key)),
    keys: () => Promise.resolve([...objects.keys()]),
    list: (prefix) => Promise.resolve([...objects.keys()].filter((key) => key.startsWith(prefix))),
    remove: (key) => Promise.resolve(void objects.delete(key)),
    createBucket: () => Promise.resolve(),
    removeBucket: () => Promise.resolve(objects.clear()),
    beginUpload(key) {
      const parts: Uint8Array[] = [];
      return Promise.resolve({
        part: (number, body) => Promise.resolve(void (parts[number - 1] = body)),
        complete: () => Promise.resolve(void objects.set(key, Buffer.concat(parts))),
      });
    },
    close: () => undefined,
  };
}

describe("the load of a drill", () => {
  it("writes, reads back, lists and uploads in parts; what is acknowledged is in the ledger and whole", async () => {
    const objects = new Map<string, Uint8Array>();
    const written: AcknowledgedWrite[] = [];
    const client = memoryClient(objects);
    const ledger = { append: (write: AcknowledgedWrite) => void written.push(write) };
    const load = startDrillLoad({ client, application: client, ledger, keyPrefix: "run-001/", putsPerSecond: 20 });
    await sleep(1200);
    const { attempts, application } = await load.stop();
    for (const kind of ["PUT", "GET", "LIST", "MULTIPART"] as const) {
      assert.ok(
        attempts.some((one) => one.kind === kind && one.ok),
        kind,
      );
    }
    assert.deepEqual([...objects.keys()].sort(), written.map(({ key }) => key).sort());
    for (const [key, bytes] of objects) assert.ok(contentOf(key, sizeOfObject(key)).equals(bytes), key);
    assert.ok(written.some(({ key }) => sizeOfObject(key) === multipartBytes));
    assert.equal(sizeOfObject("run-001/put-000001"), objectBytes);
    assert.equal(application.sent, load.applicationKeys.length);
    assert.deepEqual([application.failed, application.hanging], [0, 0]);
  });

  it("tells a read that brings nothing or something else from one without an answer", async () => {
    const objects = new Map<string, Uint8Array>();
    const client = memoryClient(objects);
    let reads = 0;
    const answers: (() => Promise<Uint8Array | undefined>)[] = [
      () => Promise.resolve(undefined),
      () => Promise.resolve(Buffer.from("other")),
      () => Promise.reject(Object.assign(new Error("gone"), { code: "ECONNREFUSED" })),
    ];
    const broken: DrillClient = { ...client, get: () => (answers[reads++ % 3] ?? assert.fail())() };
    const ledger = { append: () => undefined };
    const load = startDrillLoad({ client: broken, application: client, ledger, keyPrefix: "r/", putsPerSecond: 20 });
    await sleep(2200);
    const { attempts } = await load.stop();
    const errors = attempts.filter(({ kind }) => kind === "GET").map(({ error }) => error);
    assert.deepEqual(errors.slice(0, 3), ["NoSuchKey", "CorruptContent", "ECONNREFUSED"]);
  });

  it("acknowledges no upload whose last request has failed", async () => {
    const written: string[] = [];
    const client = memoryClient(new Map());
    const failing: DrillClient = {
      ...client,
      beginUpload: () =>
        Promise.resolve({ part: () => Promise.resolve(), complete: () => Promise.reject(new Error("no")) }),
    };
    const ledger = { append: ({ key }: AcknowledgedWrite) => void written.push(key) };
    const load = startDrillLoad({ client: failing, application: client, ledger, keyPrefix: "r/", putsPerSecond: 10 });
    await sleep(300);
    const { attempts } = await load.stop();
    assert.deepEqual(
      attempts.filter(({ kind }) => kind === "MULTIPART").map(({ ok }) => ok),
      [true, true, true, false],
    );
    assert.ok(written.length > 0 && written.every((key) => !key.includes("multipart-")));
  });
});
