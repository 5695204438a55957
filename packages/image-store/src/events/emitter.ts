import type { StoreEvent } from "./store-event.ts";

type WithoutTime<Event> = Event extends StoreEvent ? Omit<Event, "atMs"> : never;
export type Emit = (event: WithoutTime<StoreEvent>) => void;

const progressIntervalMs = 100;

/** Adds the times; of progress at most ten events a second pass, and always the first and the last one of a kind. */
export function createEmitter(onEvent: ((event: StoreEvent) => void) | undefined): Emit {
  const startedAt = performance.now();
  let lastProgress: { type: string; atMs: number } | undefined;
  return (event) => {
    if (onEvent === undefined) return;
    const atMs = performance.now() - startedAt;
    if ("doneBytes" in event) {
      const isLast = event.doneBytes >= (event.totalBytes ?? Infinity);
      const isSoon = lastProgress?.type === event.type && atMs - lastProgress.atMs < progressIntervalMs;
      if (isSoon && !isLast) return;
      lastProgress = { type: event.type, atMs };
    }
    onEvent({ ...event, atMs } as StoreEvent);
  };
}
