import { throwIfAborted } from "../errors/from-system.ts";
import { createEmitter } from "../events/emitter.ts";
import { checkImageName } from "../names/check-image-name.ts";
import { parseAddress } from "./address/parse-address.ts";
import { parseSha256 } from "./address/parse-sha256.ts";
import { ownArchitecture } from "./artifact/choose-platform.ts";
import { findRemoteImage, type RemoteImage } from "./find-remote-image.ts";
import { openHttpClient } from "./http/http-client.ts";
import type { RetryOptions } from "./http/with-retries.ts";
import type { PullOptions } from "./pull-options.ts";
import { remoteDefaults } from "./remote-options.ts";

/** Finds the image that is to be pulled, and does work while its server can be asked. */
export async function withRemoteImage<Result>(
  options: PullOptions,
  work: (remote: RemoteImage, retry: RetryOptions) => Promise<Result>,
): Promise<Result> {
  const { signal, env = process.env } = options;
  const emit = createEmitter(options.onEvent);
  checkImageName(options.name);
  const address = parseAddress(options.url);
  const sha256 = options.sha256 === undefined ? undefined : parseSha256(options.sha256);
  throwIfAborted(signal);
  const {
    silenceTimeoutMs = remoteDefaults.silenceTimeoutMs,
    retries = remoteDefaults.retries,
    retryDelayMs = remoteDefaults.retryDelayMs,
  } = options;
  const client = openHttpClient({ silenceTimeoutMs, env, signal });
  try {
    const retry = { retries, retryDelayMs, signal, emit };
    const remote = await findRemoteImage(client, address, sha256, {
      retry,
      registry: { credentials: options.credentials, plainHttp: options.plainHttp, env, signal },
      file: options.file,
      architecture: options.architecture ?? ownArchitecture(),
    });
    return await work(remote, retry);
  } finally {
    await client.close();
  }
}
