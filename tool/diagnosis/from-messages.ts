import { commandLine, stackFlags } from "../terminal/command-line";
import { quoted } from "../../components/shell";
import { withoutRepetition, type Fault, type FaultKind } from "./fault";

/** Pattern of a fault in the messages of the CLI, the engine, the providers and Helm. */
interface Recogniser {
  kind: FaultKind;
  /** Pattern whose groups are passed to `describe` after the text. */
  says: RegExp;
  describe: (found: Found) => Omit<Fault, "kind">;
}

interface Found {
  /** Name of the stack. */
  stack: string;
  /** Folder of `Pulumi.yaml`. */
  cwd: string;
  /** Subject of the message as named by the engine, such as `Release longhorn`; the stack if there is none. */
  about: string;
  /** The matched text, then the groups. */
  words: readonly string[];
}

const backendSubject = "the state's backend";

/** Recognizers in order: for each message, the first match counts. */
const recognisers: readonly Recogniser[] = [
  {
    kind: "backend-full",
    says: /^.*?(\/\S+?):? .*no space left on device/m,
    describe: ({ stack, cwd, words: [, file = ""] }) => ({
      subject: backendSubject,
      sentence: `The disk that holds Pulumi's state is full: ${file} could not be written.`,
      remedy:
        `Free space, then run ${repair(stack, cwd)}: it removes incomplete files, and updates the state with what the ` +
        "operation had completed.",
    }),
  },
  {
    kind: "backend-read-only",
    says: /^.*?(\/\S+?):? .*(read-only file system|permission denied)/m,
    describe: ({ words: [, file = "", reason = ""] }) => ({
      subject: backendSubject,
      sentence: `Pulumi cannot write its state: ${file} (${reason}).`,
      remedy:
        "Mount it writable, grant write permission, or set another backend in PULUMI_BACKEND_URL. " +
        "A preview works without that.",
    }),
  },
  {
    kind: "backend-locked",
    says: /currently locked by \d+ lock\(s\)(?:[\s\S]*?created by (\S+) \(pid (\d+)\) at (\S+))?/,
    describe: ({ stack, cwd, words: [, who, pid = "", since = ""] }) => ({
      subject: `stack ${stack}`,
      sentence:
        who === undefined
          ? `Another operation on stack ${stack} is running, or was killed.`
          : `Another operation on stack ${stack} is running, or was killed: ${who} started it at ${since} as process ${pid}.`,
      remedy: `Wait for it if it is still running. Otherwise, ${repair(stack, cwd)} releases its lock.`,
    }),
  },
  {
    // Of Pulumi Cloud, and of what speaks its API.
    kind: "backend-locked",
    says: /Another update is currently in progress(?:[^\n]*? by ([^\s.,]+))?/,
    describe: ({ stack, cwd, words: [, who] }) => ({
      subject: `stack ${stack}`,
      sentence: `Another operation on stack ${stack} is running, or was killed${who === undefined ? "" : `: ${who} started it`}.`,
      remedy:
        "Wait for it if it is still running: the stack's page in Pulumi Cloud shows it. Otherwise, " +
        `\`pulumi cancel ${stackFlags(stack, cwd).map(quoted).join(" ")}\` releases its lock.`,
    }),
  },
  {
    kind: "passphrase-wrong",
    says: /incorrect passphrase/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `The passphrase is not the one with which stack ${stack} was created.`,
      remedy:
        "Set PULUMI_CONFIG_PASSPHRASE, or the file in PULUMI_CONFIG_PASSPHRASE_FILE, to that one. Without it, the " +
        "stack's secrets cannot be recovered.",
    }),
  },
  {
    kind: "passphrase-missing",
    says: /passphrase must be set|unable to read PULUMI_CONFIG_PASSPHRASE_FILE/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `The passphrase for the secrets of stack ${stack} is not set.`,
      remedy: "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a readable file.",
    }),
  },
  {
    kind: "pulumi-missing",
    says: /no (?:language|resource) plugin '(pulumi-[\w-]+)' found|automatically download and install \w+ plugin '(pulumi-[\w-]+)'/,
    describe: ({ words: [, absent, notInstalled] }) => pulumiMissing([absent ?? notInstalled ?? "a plugin"]),
  },
  {
    kind: "stack-unknown",
    says: /no stack named '([^']+)' found/,
    describe: ({ words: [, name = ""] }) => ({
      subject: `stack ${name}`,
      sentence: `Stack "${name}" does not exist in this project and backend.`,
      remedy:
        "`pulumi stack ls` lists the stacks, `pulumi stack init` creates one; --cwd sets the folder of Pulumi.yaml.",
    }),
  },
  {
    kind: "state-unreadable",
    says: /failed to load checkpoint: EOF|^error: (?:read .*: )?EOF$|^error: unexpected end of JSON input$/m,
    describe: ({ stack, cwd }) => ({
      subject: backendSubject,
      sentence:
        "Pulumi cannot read its backend: a command that was killed, or that ran on a full disk, has left an incomplete file.",
      remedy: `${repair(stack, cwd)} removes the file; the state itself is intact.`,
    }),
  },
  {
    kind: "credentials-refused",
    says: /server has asked for the client to provide credentials|\bUnauthorized\b|getting credentials: exec:/,
    describe: () => ({
      subject: "the cluster",
      sentence:
        "The cluster does not accept the credentials of the kubeconfig: a token or certificate has expired, most likely.",
      remedy: "Log in again (`kubectl get nodes` shows whether it helped), then run the command again.",
    }),
  },
  {
    kind: "cluster-unreachable",
    // Helm's and the provider's words; one that is overloaded is not asked by name.
    says: /cluster is unreachable(?:[\s\S]*?(?:Get "(https?:\/\/[^/"]+)[^"]*"|Original error): (.*))?/,
    describe: ({ words: [, server, reason] }) => ({
      subject: "the cluster",
      sentence: `The cluster is unreachable${server === undefined ? "" : `: ${server}`}${reason === undefined ? "" : ` (${reason})`}.`,
      remedy: "Check that it runs, that this machine can access it, and that kubeconfig and context are correct.",
    }),
  },
  {
    kind: "helm-release-stuck",
    says: /cannot re-use a name that is still in use|another operation \(.*\) is in progress|has no deployed releases/,
    describe: ({ stack, cwd, about, words: [said = ""] }) => ({
      subject: about,
      sentence: `Helm's record of ${about} is from an unfinished operation ("${said}").`,
      remedy: `${repair(stack, cwd)} shows the record and resets it.`,
    }),
  },
  {
    kind: "namespace-terminating",
    says: /create new content in namespace (\S+) because it is being terminated/,
    describe: ({ stack, cwd, words: [, namespace = ""] }) => ({
      subject: `Namespace ${namespace}`,
      sentence: `Namespace ${namespace} is being deleted and accepts no new objects.`,
      remedy: `Wait until it is deleted, then run the command again. ${repair(stack, cwd)} shows what blocks it.`,
    }),
  },
  {
    kind: "object-held",
    says: /finalizers might be preventing deletion \(([^)]*)\)/,
    describe: ({ about, words: [, finalizers = ""] }) => ({
      subject: about,
      sentence: `${about} cannot be deleted until the controller of its finalizer has removed it: ${finalizers}.`,
      remedy:
        "Check that the controller of that name runs; it removes the finalizer itself. Then run the command again.",
    }),
  },
  {
    kind: "pod-security",
    says: /violates PodSecurity "([^"]+)": (.*)/,
    describe: ({ about, words: [, level = "", reason = ""] }) => podSecurity(about, level, reason),
  },
  {
    kind: "image-pull",
    says: /\[Pod ([^\]]+)\].*\[(?:ImagePullBackOff|ErrImagePull)\] .*?[Pp]ull\S* (?:and unpack )?image \\?"([^"\\]+)\\?"(?:.*?: (?=[^:]*$))?(.*)/,
    describe: ({ words: [, pod = "", image = "", reason = ""] }) => imagePull(`Pod ${pod}`, image, reason),
  },
];

/**
 * Returns the faults in the messages of an operation on `stack`; empty if none is known.
 *
 * @param cwd folder of `Pulumi.yaml`, for printed commands
 */
export function faultsSaid(messages: readonly string[], stack: string, cwd = "."): Fault[] {
  return withoutRepetition(
    messages.flatMap((message) => {
      for (const { kind, says, describe } of recognisers) {
        const words = says.exec(message);
        if (words)
          return [
            { kind, ...describe({ stack, cwd, about: aboutOf(message) ?? `stack ${stack}`, words: [...words] }) },
          ];
      }
      return [];
    }),
  );
}

/** Returns the fault with the missing parts of Pulumi, in one sentence. */
export function pulumiMissing(parts: readonly string[]): Fault {
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
  return {
    kind: "pulumi-missing",
    subject: "Pulumi",
    sentence: `Pulumi is incomplete on this machine; missing: ${list}.`,
    remedy:
      "Install Pulumi, which includes the CLI and its language hosts: https://www.pulumi.com/docs/install/. The CLI downloads plugins " +
      "itself; without network access, add them to PATH.",
  };
}

export function podSecurity(subject: string, level: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} cannot start its pods: its namespace enforces the Pod Security level "${level}": ${reason}`,
    remedy:
      "Set a level that allows it: Longhorn requires `pod-security.kubernetes.io/enforce: privileged` on its own " +
      "namespace, a store `baseline` on its.",
  };
}

export function imagePull(subject: string, image: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} cannot start: its image ${image} cannot be pulled${reason === "" ? "" : ` (${reason})`}.`,
    remedy:
      "Correct the image's name, or mirror it where the nodes can access it; for a private registry, set a pull Secret. The pod " +
      "retries automatically.",
  };
}

/** Returns the command that repairs the fault. */
export const repair = (stack: string, cwd?: string): string => `\`${commandLine(["repair"], stackFlags(stack, cwd))}\``;

/** Returns `Release longhorn` from `Release longhorn: …`, the format of the engine's reducer. */
function aboutOf(message: string): string | undefined {
  return /^([A-Z]\w+ [^\s:]+): /.exec(message)?.[1];
}
