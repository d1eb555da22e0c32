import type { Sandbox } from "../../../sandbox";
import { during, type Progress } from "../../terminal/progress";
import { footprintOf, leftovers, releaseFootprint } from "./footprint";

const graceMs = 5_000;
const pollMs = 100;

/**
 * Stops `sandbox` and looks, from outside, whether anything of it is left.
 * @param urls where it was reachable on loopback
 * @returns one line for everything that is left 5 s after the stop
 */
export async function removeSandbox(sandbox: Sandbox, urls: readonly string[], progress: Progress): Promise<string[]> {
  return during(
    progress,
    "Removing everything",
    async () => {
      const footprint = footprintOf(sandbox.directory, urls.map(portOf));
      try {
        await sandbox.stop();
        const deadline = Date.now() + graceMs;
        for (;;) {
          const left = leftovers(footprint);
          if (left.length === 0 || Date.now() > deadline) return left;
          await new Promise((resolve) => setTimeout(resolve, pollMs));
        }
      } finally {
        releaseFootprint(footprint);
      }
    },
    (left) => (left.length === 0 ? "nothing is left" : `LEFT BEHIND: ${left.join(", ")}`),
  );
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
