import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BackendFindings, Lock } from "./findings";

/** Returns the folder of a file backend; undefined for another backend, or if the folder does not exist. */
export function backendDirectory(url: string | undefined, home: string): string | undefined {
  if (!url?.startsWith("file://")) return undefined;
  const path = url.startsWith("file:///") ? fileURLToPath(url) : url.slice("file://".length);
  const directory = join(path.replace(/^~(?=\/|$)/, home), ".pulumi");
  return existsSync(directory) ? directory : undefined;
}

/** Time without a write after which a file counts as no longer being written. */
const writtenWithinMs = 5_000;

/** Reads the leftovers of interrupted commands in a file backend. */
export function lookAtBackend(directory: string, project: string, stack: string): BackendFindings {
  const isOfStack = (path: string): boolean => path.endsWith(join("/", project, stack));
  const locks = filesBelow(join(directory, "locks")).filter(
    ({ folder, name }) => isOfStack(folder) && !name.endsWith(".attrs"),
  );
  const read = locks.map(({ file }) => ({ file, lock: lockIn(file) }));
  const empty = filesBelow(directory).filter(({ file, name }) => name.endsWith(".attrs") && statSync(file).size === 0);
  const unreadable = read.filter(({ lock }) => lock === undefined);
  return {
    locks: read.flatMap(({ lock }) => lock ?? []),
    unfinished: [...empty, ...unreadable].map(({ file }) => file).filter(isLeft),
  };
}

function filesBelow(directory: string): { folder: string; name: string; file: string }[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ folder: parentPath, name, file: join(parentPath, name) }));
}

const isLeft = (file: string): boolean => Date.now() - statSync(file).mtimeMs > writtenWithinMs;

/** Returns the lock in a file; undefined if the file is incomplete. */
function lockIn(file: string): Lock | undefined {
  try {
    const { pid, username, hostname: host, timestamp } = JSON.parse(readFileSync(file, "utf8")) as StoredLock;
    return { file, pid, user: username, host, since: timestamp, holder: holderOf(pid, host) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Lock in the format of the CLI. */
interface StoredLock {
  pid: number;
  username: string;
  hostname: string;
  timestamp: string;
}

function holderOf(pid: number, host: string): Lock["holder"] {
  if (host !== hostname()) return "on another machine";
  return isPulumi(pid) ? "running" : "gone";
}

/** Returns whether the process runs and is Pulumi, because its PID may have been reused. */
function isPulumi(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    if (!existsSync(commandLine)) return true;
    const program = readFileSync(commandLine, "utf8").split("\0")[0] ?? "";
    return basename(program).startsWith("pulumi");
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
