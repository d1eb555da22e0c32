import { CancelledError, type StoreErrorCode } from "../errors";
import type { StackEvent } from "../features/deploy-stack/events";
import type { StackRun } from "../features/deploy-stack/steps";
import type { OperationWords } from "../features/guards/words";
import { storeErrorOf } from "./errors";
import { EventReader, type StoreEvent } from "./events";
import type { OperationInputs } from "./inputs";

/** Running operation: a promise of its result, and its events. Each reader receives all events. */
export interface StoreOperation<Result> extends Promise<Result>, AsyncIterable<StoreEvent> {}

/** Starts `work`. A caller that iterates over the events receives the error there too, and need not await the promise. */
export function startOperation<Result>(
  { stack, onEvent, signal }: OperationInputs,
  work: (run: Omit<StackRun, "operations">) => Promise<Result>,
): StoreOperation<Result> {
  const stream = new EventStream();
  const reader = new EventReader();
  const emit = (event: StoreEvent | undefined): void => {
    if (event === undefined) return;
    stream.push(event);
    onEvent?.(event);
  };
  const finish = (outcome: "succeeded" | "failed" | "cancelled", code?: StoreErrorCode): void => {
    emit({ type: "finished", outcome, ...(code !== undefined && { code }) });
    stream.end();
  };
  const run = { stack, signal, words: callWords(stack), onEvent: (event: StackEvent) => emit(reader.read(event)) };
  const promise = work(run).then(
    (result) => {
      finish("succeeded");
      return result;
    },
    (error: unknown) => {
      const told = storeErrorOf(error, stack, signal);
      finish(told instanceof CancelledError ? "cancelled" : "failed", told.code);
      throw told;
    },
  );
  async function* iterate(): AsyncGenerator<StoreEvent, void, undefined> {
    yield* stream.read();
    await promise;
  }
  return Object.assign(promise, {
    [Symbol.asyncIterator]: () => {
      promise.catch(() => undefined);
      return iterate();
    },
  });
}

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

const functions = { up: "deployStore", preview: "previewStore", destroy: "destroyStore", refresh: "refresh" } as const;

const inputs = { dataLoss: "allowDataLoss", unprotected: "allowUnprotected" } as const;

/** Returns the terms for a program that calls the library. */
export function callWords(stack: string): OperationWords {
  return {
    name: (operation) => functions[operation],
    invocation(operation, accepted) {
      const kinds = ["unprotected", "dataLoss"] as const;
      const given = kinds
        .filter((kind) => accepted[kind].length > 0)
        .map((kind) => `, ${inputs[kind]}: ${JSON.stringify(accepted[kind])}`);
      return `${functions[operation]}({ stack: ${JSON.stringify(stack)}${given.join("")}, … })`;
    },
    acceptance: (kind, name) => `${inputs[kind]}: ${JSON.stringify(name)}`,
    skipPreflight: "skipPreflight: true",
    skipVolumeCheck: "skipVolumeCheck: true",
  };
}
