import { run, type Operation, type Outcome, type Step } from "./interruption";
import type { ClusterObjects } from "../../testbed/cluster-objects";
import { forgetInterruptedRelease } from "./helm-releases";
import type { InterruptedStack } from "./interrupted-stack";
import type { PulumiCli } from "./pulumi-cli";
import { readStackState } from "../../tool/pulumi/stack-state";

/** What was done until the interrupted operation had come to its end. */
export interface Recovery {
  converged: boolean;
  /** In this order, such as `pulumi up` (failed), `pulumi cancel`, `pulumi up`. */
  steps: readonly RecoveryStep[];
}

export interface RecoveryStep extends Outcome {
  command: string;
}

/** What a message of the CLI asks for. */
interface Remedy {
  message: RegExp;
  command: string;
  take: (on: Patient) => Promise<void>;
}

/** What remedies act on. */
interface Patient {
  stack: InterruptedStack;
  cluster: ClusterObjects;
}

const remedies: readonly Remedy[] = [
  {
    message: /failed to load checkpoint: EOF|^\s*error: EOF$/m,
    command: "drop empty attribute files of the state",
    take: ({ stack }) => Promise.resolve(stack.dropEmptyAttributes()),
  },
  { message: /currently locked by/, command: "pulumi cancel", take: ({ stack }) => stack.cli.cancel() },
  {
    message: /cannot re-use a name that is still in use|another operation \(.*\) is in progress/,
    command: "forget Helm's record of the interrupted operation",
    take: ({ cluster }) => forgetInterruptedRelease(cluster),
  },
  { message: /release: not found/, command: "pulumi refresh", take: ({ stack }) => stack.cli.refresh() },
];

/** How often the operation is tried again as it is. */
const tries = 3;

/**
 * Repeats an interrupted operation until it succeeds, as whoever saw it fail would do: as it is, and with what the CLI's message
 * asks for where it asks for something.
 */
export async function recover(name: "up" | "destroy", operation: Operation, patient: Patient): Promise<Recovery> {
  const steps: RecoveryStep[] = [];
  const take = async (command: string, step: Step): Promise<Outcome> => {
    const outcome = await run(step);
    steps.push({ command, ...outcome });
    return outcome;
  };
  const remedied = new Set<Remedy>();
  for (let failures = 0; failures < tries;) {
    const { succeeded, said } = await take(`pulumi ${name}`, operation);
    if (succeeded) return { converged: true, steps: [...steps, ...(await forgetPending(patient.stack.cli))] };
    const remedy = remedies.find((candidate) => candidate.message.test(said) && !remedied.has(candidate));
    if (remedy === undefined) {
      failures += 1;
      continue;
    }
    remedied.add(remedy);
    await take(remedy.command, () => remedy.take(patient));
  }
  return { converged: false, steps };
}

/** An operation that succeeded may still carry the question whether an earlier one had made something. */
async function forgetPending(cli: PulumiCli): Promise<RecoveryStep[]> {
  if (readStackState(await cli.state()).pending.length === 0) return [];
  const outcome = await run(() => cli.refresh("--clear-pending-creates"));
  return [{ command: "pulumi refresh --clear-pending-creates", ...outcome }];
}
