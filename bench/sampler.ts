import { add, type Samples } from "./samples";
import type { Stage } from "./stages";
import type { Timing } from "./timed-command";

/** Takes figures and says how far it is. */
export class Sampler {
  /** Seconds by what was timed; bytes where the key ends in `memory`. */
  readonly samples: Samples = {};
  /** Seconds of each part of `pulumi up`, in the order in which they began. */
  readonly parts: Samples = {};
  /** What failed and was left out of the figures. */
  readonly failures: string[] = [];

  constructor(private readonly say: (line: string) => void) {}

  put(key: string, value: number): void {
    add(this.samples, key, value);
  }

  /** Runs and keeps the time and the memory. */
  async take<T extends Timing>(key: string, run: () => Promise<T>): Promise<T> {
    const timing = await run();
    this.put(key, timing.seconds);
    this.put(`${key} memory`, timing.peakBytes);
    for (const [program, bytes] of Object.entries(timing.peakOfPrograms)) this.put(`${key} ${program} memory`, bytes);
    this.say(`  ${key}: ${timing.seconds.toFixed(2)} s`);
    return timing;
  }

  /** The same, but a failure is only noted: it says something about what is measured, and the other figures still count. */
  async takeIfItWorks(key: string, run: () => Promise<Timing>): Promise<void> {
    try {
      await this.take(key, run);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.failures.push(`${key}: ${message}`);
      this.say(`  ${key}: failed, left out`);
    }
  }

  /** Runs something that is not measured. */
  async during<T>(what: string, run: () => Promise<T>): Promise<T> {
    this.say(`  ${what} …`);
    return run();
  }

  stages(stages: readonly Stage[]): void {
    for (const { name, seconds } of stages) add(this.parts, name, seconds);
  }
}
