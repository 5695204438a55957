import type { StoreEvent } from "../events/store-event.ts";
import type { RegistryCredentials } from "./credentials/credentials.ts";

/** What pulling and pushing have in common. */
export interface RemoteOptions {
  /** For an OCI registry; by default what Docker's configuration knows of it, and only when the registry asks. */
  credentials?: RegistryCredentials | undefined;
  /** Whether to speak http with the OCI registry; by default only with one on this machine. */
  plainHttp?: boolean | undefined;
  /** Longest time in which nothing comes from a server before it is tried again; 60 seconds by default. */
  silenceTimeoutMs?: number | undefined;
  /** How often what may pass (a cut connection, status 429 or 503, …) is tried again without progress; 5 by default. */
  retries?: number | undefined;
  /** Wait before the first retry, doubled for each one after it; 1 second by default. A server's Retry-After outranks it. */
  retryDelayMs?: number | undefined;
  /** For http_proxy, https_proxy, no_proxy, DOCKER_CONFIG and HOME, and for credential helpers; our own by default. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: StoreEvent) => void) | undefined;
}

export const remoteDefaults = { silenceTimeoutMs: 60_000, retries: 5, retryDelayMs: 1_000 } as const;
