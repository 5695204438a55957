import type { RemoteEvent } from "../remote/remote-event.ts";

/** What happens while a verb works. `atMs` counts from the beginning of the call. */
export type StoreEvent =
  | RemoteEvent
  | { type: "waiting-for-lock"; atMs: number; holderPid?: number }
  /** Something that may make trouble later, and what to do. */
  | { type: "warning"; atMs: number; message: string }
  /** The image was cloned: it shares its blocks with the source, and only has to be read for its digest. */
  | { type: "cloned"; atMs: number; totalBytes: number }
  | { type: "copy"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "hash"; atMs: number; doneBytes: number; totalBytes: number }
  /** The raw disk beside a qcow2 image is written; bytes of the disk. */
  | { type: "convert"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "published"; atMs: number; file: string }
  | { type: "removed"; atMs: number; file: string };
