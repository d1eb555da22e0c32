import { createHash } from "node:crypto";

/**
 * The bytes of the object named `key`: derived from the key alone, so that whoever knows the key can tell a whole object
 * from a damaged one, also after a restart of the client.
 * @param sizeBytes length of the object
 */
export function contentOf(key: string, sizeBytes: number): Buffer {
  const blocks: Buffer[] = [];
  for (let length = 0, block = 0; length < sizeBytes; block++) {
    const bytes = createHash("sha256").update(`${key}\n${block}`).digest();
    blocks.push(bytes);
    length += bytes.length;
  }
  return Buffer.concat(blocks, Math.max(0, sizeBytes));
}
