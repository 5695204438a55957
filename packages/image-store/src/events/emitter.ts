import type { StoreEvent } from "./store-event.ts";

type WithoutTime<Event> = Event extends StoreEvent ? Omit<Event, "atMs"> : never;
export type Emit = (event: WithoutTime<StoreEvent>) => void;

const progressIntervalMs = 100;

/** Adds the times; of progress at most ten events a second pass, and always the last one. */
export function createEmitter(onEvent: ((event: StoreEvent) => void) | undefined): Emit {
  const startedAt = performance.now();
  let lastProgressAt = -Infinity;
  return (event) => {
    if (onEvent === undefined) return;
    const atMs = performance.now() - startedAt;
    if ("doneBytes" in event && event.doneBytes < (event.totalBytes ?? Infinity)) {
      if (atMs - lastProgressAt < progressIntervalMs) return;
      lastProgressAt = atMs;
    }
    onEvent({ ...event, atMs } as StoreEvent);
  };
}
