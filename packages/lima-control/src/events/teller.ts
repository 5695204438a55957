import type { VmEvent, VmEventListener } from "./vm-event.ts";

type WithoutStamp<Event> = Event extends unknown ? Omit<Event, "atMs" | "name"> : never;

/** An event before it is stamped with its time and instance. */
export type UnstampedVmEvent = WithoutStamp<VmEvent>;

/** Stamps events and hands them to the listeners. */
export interface Teller {
  tell(event: UnstampedVmEvent): void;
  /** Milliseconds since the verb began. */
  elapsedMs(): number;
}

export function createTeller(name: string, ...listeners: readonly (VmEventListener | undefined)[]): Teller {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  return {
    elapsedMs,
    tell(event) {
      const stamped = { ...event, atMs: elapsedMs(), name } as VmEvent;
      for (const listener of listeners) {
        // A listener that fails must not end a VM that is being started, nor keep one from being deleted.
        try {
          const taken: unknown = listener?.(stamped);
          if (taken instanceof Promise) taken.catch(() => {});
        } catch {}
      }
    },
  };
}
