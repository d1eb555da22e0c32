import { backOff, firstTry } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random } from "./random";

/** The attach-detach controller gives up waiting for an attachment after two minutes. */
const attachTimeout = 120;

/** How long one try of it takes to see that the attachment has an error: its first poll. */
const firstPoll = 0.5;

/** The tries of Kubernetes' attach-detach controller on one volume: all share one back-off, whichever node they are for. */
export class AttachTries {
  private failures = 0;

  /** @param time when the next try is */
  constructor(public time: number) {}

  /** The try failed: when the next one is. */
  fail(took = firstPoll): void {
    this.failures++;
    this.time += took + backOff(this.failures);
  }

  /** The try waited for an attachment that somebody deleted under it, which it does not notice. */
  hang(): void {
    this.fail(attachTimeout);
  }
}

/** An attachment that has been made, and when the volume is really attached by it. */
export interface NewAttachment {
  readonly attachedAt: number;
  /** Whether csi-attacher failed at first, since the volume was still being detached: then each try sees an error until it is done. */
  readonly failedAtFirst: boolean;
}

/** Makes an attachment: csi-attacher tries at once, and after 1, 2, 4, … s as long as the volume is not detached. */
export function attachmentMadeAt(
  time: number,
  detachedAt: number,
  { attach }: ClusterTimings,
  random: Random,
): NewAttachment {
  const accepted = firstTry(time, detachedAt);
  return { attachedAt: accepted + random.between(attach), failedAtFirst: accepted > time };
}

/** When the controller learns of an attachment for which it tries. */
export function noticedAt(tries: AttachTries, made: NewAttachment, random: Random): number {
  if (!made.failedAtFirst && made.attachedAt - tries.time < attachTimeout) {
    // One long try, which looks every half second at first and less often by and by.
    const waited = made.attachedAt - tries.time;
    return made.attachedAt + random.next() * (0.5 + 0.05 * waited);
  }
  while (tries.time + firstPoll < made.attachedAt) tries.fail();
  return tries.time + firstPoll;
}
