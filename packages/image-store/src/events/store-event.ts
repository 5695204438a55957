/** What happens while an image is installed or verified. `atMs` counts from the beginning of the call. */
export type StoreEvent =
  | { type: "waiting-for-lock"; atMs: number; holderPid?: number }
  | { type: "copy"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "hash"; atMs: number; doneBytes: number; totalBytes: number }
  | { type: "published"; atMs: number; file: string };
