import assert from "node:assert/strict";
import type { ObjectClient } from "../tool/s3/client";
import { contentOf } from "../tool/s3/content";
import { eventually } from "./eventually";

const keys = Array.from({ length: 20 }, (_, index) => `objects/${index}`);
const sizeBytes = 20_000;

export async function storeObjects(client: ObjectClient): Promise<void> {
  for (const key of keys) await client.put(key, contentOf(key, sizeBytes));
}

/** Verifies all objects of `storeObjects`, as soon as the store responds. */
export async function objectsAreThere(client: ObjectClient): Promise<void> {
  for (const key of keys) {
    const bytes = await eventually("an answer", () => client.get(key).catch(() => undefined));
    assert.ok(contentOf(key, sizeBytes).equals(bytes), `${key} is not what was written`);
  }
}
