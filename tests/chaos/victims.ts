import { basename } from "node:path";
import type { Victim } from "./plan";
import { descendantsOf, type Process } from "../../testbed/processes";

/** The CLI of an operation that this process has started; undefined while there is none. */
export function findCli(): Process | undefined {
  return descendantsOf(process.pid).find(
    ({ parent, argv: [program = "", command = ""] }) =>
      parent === process.pid && basename(program) === "pulumi" && (command === "up" || command === "destroy"),
  );
}

/** Whether a process of an operation is the one that is to be killed. */
export function isVictim(victim: Exclude<Victim, "api-server">, { argv }: Process): boolean {
  return signs[victim](argv);
}

const isProgramOfName =
  (name: string) =>
  ([program = ""]: readonly string[]): boolean =>
    basename(program) === name;

const signs: Readonly<Record<Exclude<Victim, "api-server">, (argv: readonly string[]) => boolean>> = {
  cli: isProgramOfName("pulumi"),
  "language-host": isProgramOfName("pulumi-language-nodejs"),
  program: (argv) => argv.some((argument) => /@pulumi\/pulumi\/cmd\/run(\/|$)/.test(argument)),
  "kubernetes-provider": isProgramOfName("pulumi-resource-kubernetes"),
  "random-provider": isProgramOfName("pulumi-resource-random"),
};
