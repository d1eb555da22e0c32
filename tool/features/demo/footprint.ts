import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";

/** What a running sandbox occupies on this machine, as seen from outside of it. */
export interface Footprint {
  processes: { pid: number; startTime: string; name: string }[];
  /** Namespaces that are not this process's own, such as `net:[4026532998]`. */
  namespaces: string[];
  /** Loopback ports that answer for it. */
  ports: number[];
  directory: string;
}

const namespaceKinds = ["net", "pid", "mnt", "ipc", "uts", "user"];

/**
 * The footprint of the sandbox in `directory`: the processes that live in other network namespaces than this one and were started
 * for this directory, with everything below them.
 * @param ports the loopback ports of its relays
 */
export function footprintOf(directory: string, ports: readonly number[]): Footprint {
  const all = listProcesses();
  const below = new Set(all.filter(({ commandLine }) => isHostOf(directory, commandLine)).map(({ pid }) => pid));
  for (let grown = -1; grown !== below.size;) {
    grown = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  const processes = all.filter(({ pid }) => below.has(pid));
  const own = new Set(namespacesOf("self"));
  const namespaces = new Set(processes.flatMap(({ pid }) => namespacesOf(pid)).filter((name) => !own.has(name)));
  return {
    processes: processes.map(({ pid, startTime, name }) => ({ pid, startTime, name })),
    namespaces: [...namespaces],
    ports: [...ports],
    directory,
  };
}

/** One line for everything of `footprint` that is still there; none when all of it is gone. */
export async function leftovers(footprint: Footprint): Promise<string[]> {
  const now = listProcesses();
  const alive = footprint.processes.filter(({ pid, startTime }) =>
    now.some((process) => process.pid === pid && process.startTime === startTime),
  );
  const inhabited = new Set(now.flatMap(({ pid }) => namespacesOf(pid)));
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const open = await Promise.all(footprint.ports.map(async (port) => ((await answers(port)) ? [port] : [])));
  return [
    ...alive.map(({ pid, name }) => `process ${pid} (${name})`),
    ...footprint.namespaces.filter((name) => inhabited.has(name)).map((name) => `namespace ${name}`),
    ...mounts
      .filter((line) => line.split(" ")[4]?.startsWith(`${footprint.directory}/`))
      .map((line) => `mount ${line}`),
    ...open.flat().map((port) => `port 127.0.0.1:${port}`),
  ];
}

interface ProcessEntry {
  pid: number;
  parent: number;
  /** In the kernel's ticks since boot: with the pid, the identity of a process. */
  startTime: string;
  name: string;
  commandLine: string[];
}

function listProcesses(): ProcessEntry[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(Number(entry)) ?? []);
}

/** undefined when the process has ended meanwhile, or is only waiting to be reaped. */
function readProcess(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const nameEnd = stat.lastIndexOf(")");
    const [state, parent, ...rest] = stat.slice(nameEnd + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    return {
      pid,
      parent: Number(parent),
      startTime: rest[17] ?? "",
      name: stat.slice(stat.indexOf("(") + 1, nameEnd),
      commandLine: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"),
    };
  } catch {
    return undefined;
  }
}

function isHostOf(directory: string, commandLine: readonly string[]): boolean {
  return (
    commandLine[0]?.split("/").pop() === "sandbox-host" &&
    commandLine.some((word) => word === directory || word === `--directory=${directory}`)
  );
}

function namespacesOf(pid: number | "self"): string[] {
  return namespaceKinds.flatMap((kind) => {
    try {
      return [readlinkSync(`/proc/${pid}/ns/${kind}`)];
    } catch {
      return [];
    }
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 500 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
