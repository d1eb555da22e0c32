import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, isAbsolute, join, relative } from "node:path";
import { SandboxError } from "./errors";
import type { Layout } from "./layout";
import type { SandboxProfile } from "./cluster/profile";

/** Description of a sandbox, stored so that other processes can find it. */
export interface Description {
  profile: SandboxProfile;
  nodes: string[];
  /** Path of Longhorn's chart. */
  chart: string;
  /** Folder with the toolchain's programs. */
  binDirectory: string;
}

/** Identifies a sandbox's description: other programs may have a file of the same name. */
const mark = { madeBy: "longhorn-s3 sandbox" };

/** The path of a Unix socket has at most 107 characters. The longest socket name in the folder has about 30. */
const longestDirectory = 77;

/**
 * Checks that a sandbox can use this folder.
 *
 * @throws SandboxError if the path is relative or too long, or if the folder has content that is not a sandbox's
 */
export function checkDirectory(layout: Layout): void {
  const { directory } = layout;
  if (!isAbsolute(directory))
    throw new SandboxError(
      `"${directory}" is not an absolute path: set the folder of the sandbox as an absolute path.`,
    );
  if (Buffer.byteLength(directory) > longestDirectory) {
    throw new SandboxError(
      `The sandbox's folder ${directory} has a path of ${Buffer.byteLength(directory)} characters, but the sockets in it allow at most ` +
        `${longestDirectory}: set a shorter one with --directory.`,
    );
  }
  const entries = list(directory);
  if (entries.length === 0) return;
  if (!isSandbox(layout)) {
    throw new SandboxError(`${directory} is not empty and contains no sandbox: set another folder with --directory.`);
  }
  const known = entriesOf(layout);
  const foreign = entries.filter((name) => !known.includes(name));
  if (foreign.length === 0) return;
  throw new SandboxError(
    `${directory} contains files that are not a sandbox's (${foreign.join(", ")}): move them, or set another folder with --directory.`,
  );
}

/**
 * Creates the folder of a new sandbox. Removes only leftovers of an earlier sandbox.
 *
 * @throws SandboxError as `checkDirectory`
 */
export function prepareDirectory(layout: Layout): void {
  checkDirectory(layout);
  removeEntries(layout, entriesOf(layout));
  const { logs, pki, etcd, nodes, volumes, backupStore, doubles } = layout;
  for (const folder of [logs, pki, etcd, nodes, volumes, backupStore, doubles]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  write(layout, mark);
}

/** Removes all files of a stopped sandbox except its logs. */
export function clearDirectory(layout: Layout): void {
  if (!isSandbox(layout)) return;
  const kept = [basename(layout.logs), basename(layout.description)];
  removeEntries(
    layout,
    entriesOf(layout).filter((name) => !kept.includes(name)),
  );
  write(layout, mark);
}

export function describe(layout: Layout, description: Description): void {
  write(layout, { ...mark, ...description });
}

/** Returns the description of the sandbox in this folder; undefined if none has started completely. */
export function readDescription(layout: Layout): Description | undefined {
  const description = written(layout);
  return description?.profile === undefined ? undefined : (description as Description);
}

const isSandbox = (layout: Layout): boolean => written(layout) !== undefined;

/** Returns the content of the folder's description; undefined if it is not a sandbox's. */
function written({ description }: Layout): Partial<Description> | undefined {
  try {
    const content = JSON.parse(readFileSync(description, "utf8")) as
      (Partial<Description> & { madeBy?: string }) | null;
    return content?.madeBy === mark.madeBy ? content : undefined;
  } catch {
    return undefined;
  }
}

function write({ description }: Layout, content: object): void {
  writeFileSync(description, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
}

/** Returns the names of all files and folders that a sandbox creates in its folder. */
function entriesOf({ directory, ...paths }: Layout): string[] {
  return Object.values(paths).map((path) => relative(directory, path));
}

function removeEntries({ directory }: Layout, names: readonly string[]): void {
  for (const name of names) rmSync(join(directory, name), { recursive: true, force: true });
}

const list = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory) : []);
