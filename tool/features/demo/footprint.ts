import { closeSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { isRunning, processes, type Process } from "../../processes";

/** Processes, namespaces, ports and mounts of a running sandbox, as observed from outside. */
export interface Footprint {
  processes: Pick<Process, "pid" | "startedAt" | "name">[];
  /** Namespaces other than those of this process, such as `net:[4026532998]`. */
  namespaces: string[];
  /** Loopback ports of the sandbox, each with the inode of its listening socket. */
  listeners: Listener[];
  directory: string;
  /** Descriptors that keep the namespaces allocated, because the kernel reuses the number of a freed namespace. */
  pins: readonly number[];
}

interface Listener {
  port: number;
  /** Inode number that uniquely identifies the socket. */
  inode: string;
}

const namespaceKinds = ["net", "pid", "mnt", "ipc", "uts", "user"];

/**
 * Returns the footprint of the sandbox in `directory`: its host process, all descendants, and the resources that they use.
 * Pins the namespaces until `releaseFootprint`.
 *
 * @param ports loopback ports of the sandbox's relays
 */
export function footprintOf(directory: string, ports: readonly number[]): Footprint {
  const all = processes();
  const below = new Set(all.filter(({ argv }) => isHostOf(directory, argv)).map(({ pid }) => pid));
  for (let grown = -1; grown !== below.size;) {
    grown = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  const family = all.filter(({ pid }) => below.has(pid));
  const pinned = pinNamespaces(family.map(({ pid }) => pid));
  return {
    processes: family.map(({ pid, startedAt, name }) => ({ pid, startedAt, name })),
    namespaces: [...pinned.keys()],
    listeners: loopbackListeners().filter(({ port }) => ports.includes(port)),
    directory,
    pins: [...pinned.values()],
  };
}

/** Releases the namespaces of `footprint`. */
export function releaseFootprint({ pins }: Footprint): void {
  for (const pin of pins) closeSync(pin);
}

/** Returns one line for each part of `footprint` that still exists. */
export function leftovers(footprint: Footprint): string[] {
  const alive = footprint.processes.filter(isRunning);
  const inhabited = new Set(processes().flatMap(({ pid }) => namespacesOf(pid)));
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const listening = loopbackListeners();
  const open = footprint.listeners.filter(({ inode }) => listening.some((listener) => listener.inode === inode));
  return [
    ...alive.map(({ pid, name }) => `process ${pid} (${name})`),
    ...footprint.namespaces.filter((name) => inhabited.has(name)).map((name) => `namespace ${name}`),
    ...mounts
      .filter((line) => line.split(" ")[4]?.startsWith(`${footprint.directory}/`))
      .map((line) => `mount ${line}`),
    ...open.map(({ port }) => `port 127.0.0.1:${port}`),
  ];
}

function isHostOf(directory: string, argv: readonly string[]): boolean {
  return (
    argv[0]?.split("/").pop() === "sandbox-host" &&
    argv.some((word) => word === directory || word === `--directory=${directory}`)
  );
}

function namespacesOf(pid: number | "self"): string[] {
  return namespaceKinds.flatMap((kind) => unlessEnded(() => readlinkSync(`/proc/${pid}/ns/${kind}`)) ?? []);
}

/** Opens each namespace of the processes that differs from that of this process, by name. */
function pinNamespaces(pids: readonly number[]): Map<string, number> {
  const own = new Set(namespacesOf("self"));
  const pinned = new Map<string, number>();
  for (const file of pids.flatMap((pid) => namespaceKinds.map((kind) => `/proc/${pid}/ns/${kind}`))) {
    const name = unlessEnded(() => readlinkSync(file));
    if (name === undefined || own.has(name) || pinned.has(name)) continue;
    const pin = unlessEnded(() => openSync(file, "r"));
    if (pin !== undefined) pinned.set(name, pin);
  }
  return pinned;
}

/** Returns the listening TCP sockets on 127.0.0.1 from the kernel's table, whose addresses and ports are hexadecimal. */
function loopbackListeners(): Listener[] {
  const [, ...rows] = readFileSync("/proc/net/tcp", "utf8").trim().split("\n");
  return rows.flatMap((row) => {
    const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
    const [address, port = ""] = local.split(":");
    return state === "0A" && address === "0100007F" ? [{ port: Number.parseInt(port, 16), inode }] : [];
  });
}

function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
