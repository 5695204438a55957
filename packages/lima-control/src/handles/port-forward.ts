import type { CallOptions } from "./options.ts";

export interface ForwardOptions extends CallOptions {
  /** Who is meant in the guest; "127.0.0.1" by default. */
  guestHost?: string | undefined;
  /** Where it listens on this machine; "127.0.0.1" by default, which others cannot reach. */
  hostAddress?: string | undefined;
  /** By default any that is free. */
  hostPort?: number | undefined;
}

/** A port of this machine that leads to one of the guest, until it is closed or our process ends. */
export interface PortForward extends AsyncDisposable {
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly guestPort: number;
  /** Closes it, and the connections that go through it. */
  close(): Promise<void>;
}
