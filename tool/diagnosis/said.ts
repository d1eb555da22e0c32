import { commandLine, stackFlags } from "../terminal/command-line";
import { quoted } from "../../components/shell";
import { withoutRepetition, type Fault, type FaultKind } from "./fault";

/** How a fault is recognised in what the CLI, the engine, the providers and Helm say. */
interface Recogniser {
  kind: FaultKind;
  /** Its groups are what `describe` gets after the text. */
  says: RegExp;
  describe: (found: Found) => Omit<Fault, "kind">;
}

interface Found {
  /** Name of the stack. */
  stack: string;
  /** The folder of `Pulumi.yaml`. */
  cwd: string;
  /** What the words are about, as the engine names it: `Release longhorn`; the stack where it names nothing. */
  about: string;
  /** The words themselves, then the groups. */
  words: readonly string[];
}

const backendSubject = "the state's backend";

/** In this order: of a message, the first that fits counts. */
const recognisers: readonly Recogniser[] = [
  {
    kind: "backend-full",
    says: /^.*?(\/\S+?):? .*no space left on device/m,
    describe: ({ stack, cwd, words: [, file = ""] }) => ({
      subject: backendSubject,
      sentence: `The disk that holds Pulumi's state is full: ${file} could not be written.`,
      remedy:
        `Make room there, then ${repair(stack, cwd)}: it removes what was left half written, and reads into the state what the ` +
        "operation had already done.",
    }),
  },
  {
    kind: "backend-read-only",
    says: /^.*?(\/\S+?):? .*(read-only file system|permission denied)/m,
    describe: ({ words: [, file = "", reason = ""] }) => ({
      subject: backendSubject,
      sentence: `Pulumi cannot write its state: ${file} (${reason}).`,
      remedy:
        "Mount it writable, or give yourself the right to write there, or name another backend in PULUMI_BACKEND_URL. " +
        "A preview works without.",
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
          : `Another operation on stack ${stack} is running, or was killed: ${who} began it at ${since} as process ${pid}.`,
      remedy: `Wait for it where it still runs. Where it does not, ${repair(stack, cwd)} gives its lock up.`,
    }),
  },
  {
    // Of Pulumi Cloud, and of what speaks its API.
    kind: "backend-locked",
    says: /Another update is currently in progress(?:[^\n]*? by ([^\s.,]+))?/,
    describe: ({ stack, cwd, words: [, who] }) => ({
      subject: `stack ${stack}`,
      sentence: `Another operation on stack ${stack} is running, or was killed${who === undefined ? "" : `: ${who} began it`}.`,
      remedy:
        "Wait for it where it still runs: the stack's page in Pulumi Cloud shows it. Where it does not, " +
        `\`pulumi cancel ${stackFlags(stack, cwd).map(quoted).join(" ")}\` gives its lock up.`,
    }),
  },
  {
    kind: "passphrase-wrong",
    says: /incorrect passphrase/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `The passphrase is not the one with which stack ${stack} was made.`,
      remedy:
        "Set PULUMI_CONFIG_PASSPHRASE, or the file that PULUMI_CONFIG_PASSPHRASE_FILE names, to that one. Without it the " +
        "stack's secrets are lost, and nothing can repair that.",
    }),
  },
  {
    kind: "passphrase-missing",
    says: /passphrase must be set|unable to read PULUMI_CONFIG_PASSPHRASE_FILE/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `There is no passphrase for the secrets of stack ${stack}.`,
      remedy: "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that can be read.",
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
      sentence: `There is no stack "${name}" in this project and backend.`,
      remedy: "`pulumi stack ls` lists them, `pulumi stack init` makes one; --cwd names the folder of Pulumi.yaml.",
    }),
  },
  {
    kind: "state-unreadable",
    says: /failed to load checkpoint: EOF|^error: (?:read .*: )?EOF$|^error: unexpected end of JSON input$/m,
    describe: ({ stack, cwd }) => ({
      subject: backendSubject,
      sentence:
        "Pulumi cannot read its backend: a command that was killed, or that ran on a full disk, has left a file unfinished.",
      remedy: `${repair(stack, cwd)} removes the file; the state itself is whole.`,
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
      sentence: `The cluster cannot be reached${server === undefined ? "" : `: ${server}`}${reason === undefined ? "" : ` (${reason})`}.`,
      remedy:
        "See that it runs, that this machine may reach it, and that the kubeconfig and its context are the right ones.",
    }),
  },
  {
    kind: "helm-release-stuck",
    says: /cannot re-use a name that is still in use|another operation \(.*\) is in progress|has no deployed releases/,
    describe: ({ stack, cwd, about, words: [said = ""] }) => ({
      subject: about,
      sentence: `Helm's record of ${about} is from an operation that did not end ("${said}").`,
      remedy: `${repair(stack, cwd)} shows the record and sets it back.`,
    }),
  },
  {
    kind: "namespace-terminating",
    says: /create new content in namespace (\S+) because it is being terminated/,
    describe: ({ stack, cwd, words: [, namespace = ""] }) => ({
      subject: `Namespace ${namespace}`,
      sentence: `Namespace ${namespace} is being deleted, and takes nothing new.`,
      remedy: `Wait until it is gone, then run the command again. ${repair(stack, cwd)} shows what holds it.`,
    }),
  },
  {
    kind: "object-held",
    says: /finalizers might be preventing deletion \(([^)]*)\)/,
    describe: ({ about, words: [, finalizers = ""] }) => ({
      subject: about,
      sentence: `${about} cannot be deleted before the owner of its finalizer has done its work: ${finalizers}.`,
      remedy:
        "See that the controller of that name runs; it takes the finalizer off itself. Then run the command again.",
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
 * What the messages of an operation on `stack` mean; empty where none of them is known.
 *
 * @param cwd the folder of `Pulumi.yaml`, for the lines that are to be run
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

/** Parts of Pulumi that are missing, in one sentence. */
export function pulumiMissing(parts: readonly string[]): Fault {
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
  return {
    kind: "pulumi-missing",
    subject: "Pulumi",
    sentence: `Pulumi is not complete on this machine; missing: ${list}.`,
    remedy:
      "Install Pulumi, which brings the CLI and its language hosts: https://www.pulumi.com/docs/install/. The CLI downloads plugins " +
      "itself; without a network, put them on PATH.",
  };
}

export function podSecurity(subject: string, level: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} may not start its pods: its namespace enforces the Pod Security level "${level}": ${reason}`,
    remedy:
      "Give the namespace a level that allows it: Longhorn needs `pod-security.kubernetes.io/enforce: privileged` on its own " +
      "namespace, a store `baseline` on its.",
  };
}

export function imagePull(subject: string, image: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} does not start: its image ${image} cannot be pulled${reason === "" ? "" : ` (${reason})`}.`,
    remedy:
      "Correct the image's name or mirror it where the nodes can reach it; for a private registry name a pull Secret. The pod " +
      "tries again by itself.",
  };
}

/** What the tool's own command does about it. */
export const repair = (stack: string, cwd?: string): string => `\`${commandLine(["repair"], stackFlags(stack, cwd))}\``;

/** `Release longhorn` out of `Release longhorn: …`, as the engine's reducer puts it. */
function aboutOf(message: string): string | undefined {
  return /^([A-Z]\w+ [^\s:]+): /.exec(message)?.[1];
}
