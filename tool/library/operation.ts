import { CancelledError, type StoreErrorCode } from "../errors";
import type { StackEvent } from "../features/deploy-stack/events";
import type { StackRun } from "../features/deploy-stack/steps";
import { storeErrorOf } from "./errors";
import { EventStream } from "./event-stream";
import { EventReader, type StoreEvent } from "./events";
import type { OperationInputs } from "./inputs";
import { callWords } from "./words";

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
