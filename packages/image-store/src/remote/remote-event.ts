/** What happens between the store and a server. */
export type RemoteEvent =
  /** What an address leads to; nothing of the image has come yet. `bytes` where it is known. */
  | { type: "found"; atMs: number; url: string; sha256: string; bytes?: number; manifestDigest?: string }
  /** `doneBytes` begins with what an earlier download left. `totalBytes` is missing where the server does not tell it. */
  | { type: "download"; atMs: number; doneBytes: number; totalBytes?: number }
  /** The download begins again at its first byte. */
  | { type: "restart"; atMs: number; reason: string }
  | { type: "upload"; atMs: number; doneBytes: number; totalBytes: number }
  /** Something failed that may pass: it is tried again after `delayMs`, for the time `attempt` of at most `retries`. */
  | { type: "retry"; atMs: number; attempt: number; retries: number; delayMs: number; reason: string };
