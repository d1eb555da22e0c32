import { commandLine, stackFlags } from "../terminal/command-line";
import { quoted } from "../../components/shell";
import { withoutRepetition, type Fault, type FaultKind } from "./fault";

/** Rule that recognizes a fault in a message of the CLI, the engine, the providers or Helm. */
interface Recogniser {
  kind: FaultKind;
  /** Pattern of the message. Its groups are passed to `describe` after the message. */
  says: RegExp;
  describe: (found: Found) => Omit<Fault, "kind">;
}

interface Found {
  /** Name of the stack. */
  stack: string;
  /** Folder of `Pulumi.yaml`. */
  cwd: string;
  /** Subject of the message as the engine names it, such as `Release longhorn`; otherwise the stack. */
  about: string;
  /** Message, followed by the groups. */
  words: readonly string[];
}

const backendSubject = "the state's backend";

/** In order of precedence: the first rule that matches a message applies. */
const recognisers: readonly Recogniser[] = [
  {
    kind: "backend-full",
    says: /^.*?(\/\S+?):? .*no space left on device/m,
    describe: ({ stack, cwd, words: [, file = ""] }) => ({
      subject: backendSubject,
      sentence: `The disk that holds Pulumi's state is full: ${file} could not be written.`,
      remedy:
        `Free disk space, then run ${repair(stack, cwd)}: it removes incomplete files, and imports into the state what the ` +
        "operation had already created.",
    }),
  },
  {
    kind: "backend-read-only",
    says: /^.*?(\/\S+?):? .*(read-only file system|permission denied)/m,
    describe: ({ words: [, file = "", reason = ""] }) => ({
      subject: backendSubject,
      sentence: `Pulumi cannot write its state: ${file} (${reason}).`,
      remedy:
        "Mount it writable, correct its permissions, or set PULUMI_BACKEND_URL to another backend. " +
        "A preview does not need write access.",
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
      remedy: `If it is running, wait for it. Otherwise, release its lock with ${repair(stack, cwd)}.`,
    }),
  },
  {
    // Pulumi Cloud and services with its API.
    kind: "backend-locked",
    says: /Another update is currently in progress(?:[^\n]*? by ([^\s.,]+))?/,
    describe: ({ stack, cwd, words: [, who] }) => ({
      subject: `stack ${stack}`,
      sentence: `Another operation on stack ${stack} is running, or was killed${who === undefined ? "" : `: ${who} started it`}.`,
      remedy:
        "If it is running, as the stack's page in Pulumi Cloud shows, wait for it. Otherwise, release its lock with " +
        `\`pulumi cancel ${stackFlags(stack, cwd).map(quoted).join(" ")}\`.`,
    }),
  },
  {
    kind: "passphrase-wrong",
    says: /incorrect passphrase/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `The passphrase does not match that of stack ${stack}.`,
      remedy:
        "Set PULUMI_CONFIG_PASSPHRASE, or the file in PULUMI_CONFIG_PASSPHRASE_FILE, to the stack's passphrase. Without it, the " +
        "stack's secrets are lost and cannot be recovered.",
    }),
  },
  {
    kind: "passphrase-missing",
    says: /passphrase must be set|unable to read PULUMI_CONFIG_PASSPHRASE_FILE/,
    describe: ({ stack }) => ({
      subject: `stack ${stack}`,
      sentence: `There is no passphrase for the secrets of stack ${stack}.`,
      remedy: "Set PULUMI_CONFIG_PASSPHRASE, or set PULUMI_CONFIG_PASSPHRASE_FILE to a readable file.",
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
      remedy:
        "List the stacks with `pulumi stack ls`, or create one with `pulumi stack init`. Set --cwd to the folder of Pulumi.yaml.",
    }),
  },
  {
    kind: "state-unreadable",
    says: /failed to load checkpoint: EOF|^error: (?:read .*: )?EOF$|^error: unexpected end of JSON input$/m,
    describe: ({ stack, cwd }) => ({
      subject: backendSubject,
      sentence: "Pulumi cannot read its backend: a killed command, or a full disk, has left an incomplete file.",
      remedy: `Remove the file with ${repair(stack, cwd)}; the state itself is intact.`,
    }),
  },
  {
    kind: "credentials-refused",
    says: /server has asked for the client to provide credentials|\bUnauthorized\b|getting credentials: exec:/,
    describe: () => ({
      subject: "the cluster",
      sentence:
        "The cluster rejects the credentials of the kubeconfig; most likely, a token or certificate has expired.",
      remedy: "Log in again, check with `kubectl get nodes`, then run the command again.",
    }),
  },
  {
    kind: "cluster-unreachable",
    // Messages of Helm and the provider. An overloaded server is not named.
    says: /cluster is unreachable(?:[\s\S]*?(?:Get "(https?:\/\/[^/"]+)[^"]*"|Original error): (.*))?/,
    describe: ({ words: [, server, reason] }) => ({
      subject: "the cluster",
      sentence: `The cluster is unreachable${server === undefined ? "" : `: ${server}`}${reason === undefined ? "" : ` (${reason})`}.`,
      remedy:
        "Check that it runs, that this machine can reach it, and that the kubeconfig and its context are correct.",
    }),
  },
  {
    kind: "helm-release-stuck",
    says: /cannot re-use a name that is still in use|another operation \(.*\) is in progress|has no deployed releases/,
    describe: ({ stack, cwd, about, words: [said = ""] }) => ({
      subject: about,
      sentence: `Helm's record of ${about} is from an operation that did not complete ("${said}").`,
      remedy: `Reset the record with ${repair(stack, cwd)}.`,
    }),
  },
  {
    kind: "namespace-terminating",
    says: /create new content in namespace (\S+) because it is being terminated/,
    describe: ({ stack, cwd, words: [, namespace = ""] }) => ({
      subject: `Namespace ${namespace}`,
      sentence: `Namespace ${namespace} is terminating and accepts no new objects.`,
      remedy: `Wait until it is deleted, then run the command again. ${repair(stack, cwd)} shows what blocks the deletion.`,
    }),
  },
  {
    kind: "object-held",
    says: /finalizers might be preventing deletion \(([^)]*)\)/,
    describe: ({ about, words: [, finalizers = ""] }) => ({
      subject: about,
      sentence: `${about} cannot be deleted until the controllers of its finalizers remove them: ${finalizers}.`,
      remedy: "Check that the controllers run, which then remove the finalizers, and run the command again.",
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
 * Returns the faults in the messages of an operation on `stack`; empty if none is recognized.
 *
 * @param cwd folder of `Pulumi.yaml`, for the suggested commands
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

/** Returns the fault of missing parts of Pulumi. */
export function pulumiMissing(parts: readonly string[]): Fault {
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
  return {
    kind: "pulumi-missing",
    subject: "Pulumi",
    sentence: `Pulumi is incomplete on this machine; missing: ${list}.`,
    remedy:
      "Install Pulumi with its language hosts: https://www.pulumi.com/docs/install/. The CLI downloads plugins " +
      "automatically; without network access, put them on PATH.",
  };
}

export function podSecurity(subject: string, level: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} cannot start its pods: its namespace enforces the Pod Security level "${level}": ${reason}`,
    remedy:
      "Set a level that allows them: `pod-security.kubernetes.io/enforce: privileged` on Longhorn's " +
      "namespace, or `baseline` on that of a store.",
  };
}

export function imagePull(subject: string, image: string, reason: string): Omit<Fault, "kind"> {
  return {
    subject,
    sentence: `${subject} does not start: image ${image} cannot be pulled${reason === "" ? "" : ` (${reason})`}.`,
    remedy:
      "Correct the image, or mirror it to a registry that the nodes can reach. For a private registry, set a pull Secret. The kubelet " +
      "retries automatically.",
  };
}

/** Returns the command line of `longhorn-s3 repair`, in backticks. */
export const repair = (stack: string, cwd?: string): string => `\`${commandLine(["repair"], stackFlags(stack, cwd))}\``;

/** Extracts `Release longhorn` from `Release longhorn: …`, the format of the engine's reducer. */
function aboutOf(message: string): string | undefined {
  return /^([A-Z]\w+ [^\s:]+): /.exec(message)?.[1];
}
