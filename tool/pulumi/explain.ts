import type { Stack } from "@pulumi/pulumi/automation";
import { kubeConfigOf } from "../cluster/connection";
import { withoutRepetition, type Fault } from "../diagnosis/fault";
import { readCluster } from "../diagnosis/read-cluster";
import { faultsSaid } from "../diagnosis/said";
import { faultsSeen } from "../diagnosis/seen";
import { within } from "../within";
import { withoutFrames, wordsOfCli } from "./cli-words";
import type { DeployState } from "./progress";
import { readStackPlaces } from "./stack-places";

/** Why an operation failed. */
export interface Explanation {
  /** The lines of the engine, or of the CLI where the engine had not begun. */
  said: readonly string[];
  /** What they mean, and what the cluster says besides. */
  faults: readonly Fault[];
}

/** A cluster that does not answer by then has nothing to say. */
const lookSeconds = 15;

/** Faults for which nobody has to look at the cluster: either it cannot be asked, or it was never asked. */
const elsewhere = /^(backend-|passphrase-|stack-|state-|cluster-|credentials-)/;

/** Finds out why an operation on a stack failed. */
export async function explain(
  { stack, directory }: { stack: Stack; directory?: string },
  state: DeployState,
  error: unknown,
): Promise<Explanation> {
  const hasSaid = state.errors.length > 0;
  const messages = hasSaid ? state.errors : [wordsOfCli(error instanceof Error ? error.message : String(error))];
  const faults = faultsSaid([...messages, ...(hasSaid ? state.warnings : [])], stack.name, directory);
  const seen = faults.some(({ kind }) => elsewhere.test(kind)) ? [] : await look(stack, directory);
  // What the cluster shows names the object; what was said of the same kind names Pulumi's resource.
  const said = faults.filter(({ kind }) => !seen.some((fault) => fault.kind === kind));
  return { said: messages.flatMap(withoutFrames), faults: withoutRepetition([...said, ...seen]) };
}

/** What the cluster shows. That it cannot be asked is no news beside the failure itself. */
async function look(stack: Stack, directory?: string): Promise<Fault[]> {
  try {
    const { connection, namespaces } = readStackPlaces(await stack.exportStack());
    const facts = await within(lookSeconds, readCluster(kubeConfigOf(connection), namespaces));
    return faultsSeen(facts, stack.name, directory);
  } catch {
    return [];
  }
}
