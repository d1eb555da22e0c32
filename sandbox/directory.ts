import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, isAbsolute, join } from "node:path";
import { SandboxError } from "./errors";
import type { Layout } from "./layout";
import type { SandboxProfile } from "./cluster/profile";

/** What is written down about a sandbox so that another process can find it. */
export interface Description {
  profile: SandboxProfile;
  nodes: string[];
  /** Path of Longhorn's chart. */
  chart: string;
  /** Folder with the toolchain's programs. */
  binDirectory: string;
}

/** A unix socket's path has 107 characters at most, and the longest socket's name below the folder has about 30. */
const longestDirectory = 77;

/**
 * Makes the folder of a new sandbox: empty, but only after what is in it turned out to be an earlier sandbox's.
 * @throws SandboxError where the path is too long, or the folder holds something else
 */
export function prepareDirectory(layout: Layout): void {
  const { directory } = layout;
  if (!isAbsolute(directory))
    throw new SandboxError(`"${directory}" is not an absolute path: name the sandbox's folder in full.`);
  if (Buffer.byteLength(directory) > longestDirectory) {
    throw new SandboxError(
      `The sandbox's folder ${directory} has a path of ${Buffer.byteLength(directory)} characters, and sockets in it allow ` +
        `${longestDirectory}: name a shorter one with --directory.`,
    );
  }
  if (existsSync(directory) && readdirSync(directory).length > 0 && !isSandbox(layout)) {
    throw new SandboxError(`${directory} is not empty and holds no sandbox: name another folder with --directory.`);
  }
  rmSync(directory, { recursive: true, force: true });
  const { logs, pki, etcd, nodes, volumes, backupStore, doubles } = layout;
  for (const folder of [logs, pki, etcd, nodes, volumes, backupStore, doubles]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  writeFileSync(layout.description, "{}\n");
}

/** Removes everything of a sandbox that has ended, except its logs. */
export function clearDirectory(layout: Layout): void {
  const kept = [basename(layout.logs), basename(layout.description)];
  for (const entry of list(layout.directory).filter((name) => !kept.includes(name))) {
    rmSync(join(layout.directory, entry), { recursive: true, force: true });
  }
  if (existsSync(layout.directory)) writeFileSync(layout.description, "{}\n");
}

export function describe(layout: Layout, description: Description): void {
  writeFileSync(layout.description, `${JSON.stringify(description, undefined, 2)}\n`, { mode: 0o600 });
}

/** What is written down about the sandbox that runs in this folder; undefined where none was started completely. */
export function readDescription(layout: Layout): Description | undefined {
  try {
    const description = JSON.parse(readFileSync(layout.description, "utf8")) as Partial<Description>;
    return description.profile === undefined ? undefined : (description as Description);
  } catch {
    return undefined;
  }
}

const isSandbox = (layout: Layout): boolean => existsSync(layout.description);

const list = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory) : []);
