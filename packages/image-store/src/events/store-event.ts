import type { RemoteEvent } from "../remote/remote-event.ts";

/** What happens while a verb works. `atMs` counts from the beginning of the call. */
export type StoreEvent =
  | RemoteEvent
  | { type: "waiting-for-lock"; atMs: number; holderPid?: number }
  | { type: "copy"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "hash"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "published"; atMs: number; file: string };
