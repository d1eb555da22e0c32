import type { Sandbox } from "../sandbox";
import { imagesOf } from "./rival/commands";
import { planOf, type RivalPlan } from "./rival/plan";
import { openRival, type RivalPrograms } from "./rival/rival";
import type { Sampler } from "./sampler";
import { openBareStack, openNewStack, openStoreStack, type BenchStack } from "./stack";
import type { StackConfig } from "../testbed/stack-settings";
import { startTestSandbox } from "../testbed/test-sandbox";
import { stagesOf } from "./stages";

/** Options of a session. */
export interface SessionOptions {
  sampler: Sampler;
  programs: RivalPrograms;
  signal: AbortSignal;
}

/** Tag that the gateway's image is changed to. The sandbox runs the same program for every tag. */
const otherTag = "v0.23.1";

/** Order of the previews in a session: each kind twice, so that none always comes first. */
const previewOrder = [
  ...["no-op preview", "empty preview", "bare preview"],
  ...["bare preview", "empty preview", "no-op preview"],
] as ("no-op preview" | "empty preview" | "bare preview")[];

/** Measures Pulumi on a new sandbox, from installation to removal. Returns the plan for the rival. */
export async function ownSession(options: SessionOptions): Promise<RivalPlan> {
  const { sampler, signal } = options;
  return withSandbox(options, async (sandbox) => {
    const stack = await openStoreStack(sandbox, signal);
    stack.configure(unprotected);
    await sampler.take("preview", () => stack.preview());
    const up = await sampler.take("up", () => stack.up());
    sampler.stages(stagesOf(up.events, up.seconds));
    const plan = planOf(await stack.exported());
    await noOpPreviews(sandbox, stack, options);
    const { to } = imageChange(plan);
    stack.configure((config) =>
      changeStores(config, { gateway: { image: { reference: to, upgrade: { skipSnapshotFor: to } } } }),
    );
    await sampler.take("image", () => stack.up());
    await sampler.takeIfItWorks("destroy", () => stack.destroy());
    return plan;
  });
}

/** Measures the rival on a new sandbox. */
export async function rivalSession(plan: RivalPlan, options: SessionOptions): Promise<void> {
  const { sampler, programs, signal } = options;
  await withSandbox(options, async (sandbox) => {
    const rival = openRival(sandbox, plan, programs, signal);
    await sampler.take("rival up", () => rival.install());
    const { from, to } = imageChange(plan);
    await sampler.take("rival image", () => rival.changeImage(from, to));
    await sampler.takeIfItWorks("rival destroy", () => rival.uninstall());
  });
}

/** Runs `work` on a new sandbox, and removes it afterwards. */
export async function withSandbox<T>(
  { sampler, signal }: Pick<SessionOptions, "sampler" | "signal">,
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const { sandbox, remove } = await sampler.during("sandbox", () => startTestSandbox({ signal }));
  try {
    return await use(sandbox);
  } finally {
    await remove();
  }
}

async function noOpPreviews(sandbox: Sandbox, stack: BenchStack, { sampler, signal }: SessionOptions): Promise<void> {
  const stacks = {
    "no-op preview": stack,
    "empty preview": await openNewStack(sandbox, signal),
    "bare preview": await openBareStack(sandbox, signal),
  };
  for (const key of previewOrder) await sampler.take(key, () => stacks[key].preview());
}

/** Disables all protection, so that the next command can delete everything. */
function unprotected(config: StackConfig): void {
  Object.assign(config.longhorn, { deletionProtection: false, allowUninstall: true });
  changeStores(config, { deletionProtection: false });
}

function changeStores(config: StackConfig, change: Record<string, unknown>): void {
  for (const store of Object.values(config.stores)) Object.assign(store, change);
}

/** Returns the gateway's image, and the same image with another tag. */
function imageChange(plan: RivalPlan): { from: string; to: string } {
  const [from] = imagesOf(plan);
  if (from === undefined) throw new RangeError("the stack has no object with an image that Pulumi waits for");
  return { from, to: from.replace(/(@sha256:[0-9a-f]+|:[\w.-]+)?$/, `:${otherTag}`) };
}
