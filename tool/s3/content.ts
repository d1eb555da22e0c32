import { createCipheriv, createHash } from "node:crypto";

/**
 * Returns the content of the object `key`. It is derived from the key only, so that a client can verify an object after
 * a restart.
 *
 * @param sizeBytes length of the object
 */
export function contentOf(key: string, sizeBytes: number): Buffer {
  // A key stream is the fastest source of unique bytes.
  const stream = createCipheriv("aes-256-ctr", createHash("sha256").update(key).digest(), Buffer.alloc(16));
  return stream.update(Buffer.alloc(Math.max(0, sizeBytes)));
}
