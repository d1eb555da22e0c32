import { add, type Samples } from "./samples";
import type { Stage } from "./stages";
import type { Timing } from "./timed-command";

/** Takes measurements and prints the progress. */
export class Sampler {
  /** Seconds by measurement; bytes if the key ends in `memory`. */
  readonly samples: Samples = {};
  /** Seconds of each part of `pulumi up`, in order. */
  readonly parts: Samples = {};
  /** Failures, which are excluded from the measurements. */
  readonly failures: string[] = [];

  constructor(private readonly say: (line: string) => void) {}

  put(key: string, value: number): void {
    add(this.samples, key, value);
  }

  /** Runs a command and records its duration and its memory. */
  async take<T extends Timing>(key: string, run: () => Promise<T>): Promise<T> {
    const timing = await run();
    this.put(key, timing.seconds);
    this.put(`${key} memory`, timing.peakBytes);
    for (const [program, bytes] of Object.entries(timing.peakOfPrograms)) this.put(`${key} ${program} memory`, bytes);
    this.say(`  ${key}: ${timing.seconds.toFixed(2)} s`);
    return timing;
  }

  /** Like `take`, but records a failure: it is a result too, and the other measurements remain valid. */
  async takeIfItWorks(key: string, run: () => Promise<Timing>): Promise<void> {
    try {
      await this.take(key, run);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.failures.push(`${key}: ${message}`);
      this.say(`  ${key}: failed, excluded`);
    }
  }

  /** Runs a step that is not measured. */
  async during<T>(what: string, run: () => Promise<T>): Promise<T> {
    this.say(`  ${what} …`);
    return run();
  }

  stages(stages: readonly Stage[]): void {
    for (const { name, seconds } of stages) add(this.parts, name, seconds);
  }
}
