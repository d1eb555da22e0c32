import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox";
import { timed, type Timing } from "../timed-command";
import { filesOf, imageCommands, installCommands, uninstallCommands, type RivalCommand } from "./commands";
import type { RivalPlan } from "./plan";

/** Absolute paths of the programs. */
export interface RivalPrograms {
  helm: string;
  kubectl: string;
}

/** Helm and kubectl on a sandbox, used as in a script. */
export interface Rival {
  install(): Promise<Timing>;
  changeImage(from: string, to: string): Promise<Timing>;
  uninstall(): Promise<Timing>;
}

/** Returns a rival that creates the objects of `plan` on `sandbox`, without deploying it. */
export function openRival(sandbox: Sandbox, plan: RivalPlan, programs: RivalPrograms, signal?: AbortSignal): Rival {
  const directory = join(sandbox.directory, "bench-rival");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(filesOf(plan))) {
    writeFileSync(join(directory, name), JSON.stringify(content), { mode: 0o600 });
  }
  const env = {
    ...process.env,
    KUBECONFIG: sandbox.kubeconfig,
    KUBECACHEDIR: join(directory, "kube-cache"),
    HELM_CACHE_HOME: join(directory, "helm-cache"),
    HELM_CONFIG_HOME: join(directory, "helm-config"),
    HELM_DATA_HOME: join(directory, "helm-data"),
  };
  const run = (commands: readonly RivalCommand[]): Promise<Timing> =>
    timed(
      commands.map(({ program, args }) => ({ program: programs[program], args, env, cwd: directory })),
      signal,
    );
  return {
    install: () => run(installCommands(plan, sandbox.chart)),
    changeImage: (from, to) => run(imageCommands(plan, from, to)),
    uninstall: () => run(uninstallCommands(plan)),
  };
}
