import { backOff, firstTry } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random } from "./random";

/** Seconds after which the attach-detach controller stops waiting for an attachment. */
const attachTimeout = 120;

/** Seconds until an attempt detects an error of the attachment: its first poll. */
const firstPoll = 0.5;

/** Attach attempts of Kubernetes' attach-detach controller for a volume. All share one back-off, regardless of the node. */
export class AttachTries {
  private failures = 0;

  /**
   * @param time time of the next attempt
   */
  constructor(public time: number) {}

  /** Records a failed attempt, and computes the time of the next one. */
  fail(took = firstPoll): void {
    this.failures++;
    this.time += took + backOff(this.failures);
  }

  /** Records an attempt whose attachment was deleted in the meantime, which the controller does not detect. */
  hang(): void {
    this.fail(attachTimeout);
  }
}

/** Attachment that was created. */
export interface NewAttachment {
  readonly attachedAt: number;
  /**
   * Whether csi-attacher failed at first because the volume was still being detached. Each attempt then sees an error until the
   * volume is attached.
   */
  readonly failedAtFirst: boolean;
}

/** Creates an attachment. csi-attacher tries immediately, and after 1, 2, 4, … s until the volume is detached. */
export function attachmentMadeAt(
  time: number,
  detachedAt: number,
  { attach }: ClusterTimings,
  random: Random,
): NewAttachment {
  const accepted = firstTry(time, detachedAt);
  return { attachedAt: accepted + random.between(attach), failedAtFirst: accepted > time };
}

/** Returns the time at which the controller detects the attachment that it waits for. */
export function noticedAt(tries: AttachTries, made: NewAttachment, random: Random): number {
  if (!made.failedAtFirst && made.attachedAt - tries.time < attachTimeout) {
    // One long attempt, which polls every half second at first and less often later.
    const waited = made.attachedAt - tries.time;
    return made.attachedAt + random.next() * (0.5 + 0.05 * waited);
  }
  while (tries.time + firstPoll < made.attachedAt) tries.fail();
  return tries.time + firstPoll;
}
