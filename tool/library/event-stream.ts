import type { StoreEvent } from "./events";

/** Events that can be read from the first one on, at any time and repeatedly. */
export class EventStream {
  private readonly events: StoreEvent[] = [];
  private ended = false;
  private wake: () => void = () => undefined;
  private changed = this.next();

  push(event: StoreEvent): void {
    this.events.push(event);
    this.tell();
  }

  end(): void {
    this.ended = true;
    this.tell();
  }

  async *read(): AsyncGenerator<StoreEvent, void, undefined> {
    for (let index = 0; ;) {
      const event = this.events[index];
      if (event !== undefined) {
        yield event;
        index++;
      } else if (this.ended) return;
      else await this.changed;
    }
  }

  private tell(): void {
    const wake = this.wake;
    this.changed = this.next();
    wake();
  }

  private next(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
