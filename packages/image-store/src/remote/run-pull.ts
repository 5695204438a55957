import { throwIfAborted } from "../errors/from-system.ts";
import { createEmitter, type Emit } from "../events/emitter.ts";
import { checkImageName } from "../names/check-image-name.ts";
import type { PullOptions, PullResult } from "../pull.ts";
import { parseAddress } from "./address/parse-address.ts";
import { parseSha256 } from "./address/parse-sha256.ts";
import { ownArchitecture } from "./artifact/choose-platform.ts";
import { findRemoteImage, type RemoteImage } from "./find-remote-image.ts";
import { openHttpClient } from "./http/http-client.ts";
import type { OnPullStep } from "./pull-steps.ts";
import { remoteDefaults } from "./remote-options.ts";
import { storeRemoteImage } from "./store-remote-image.ts";

/**
 * `pullImage`, telling each step that it has done: finds the image, looks whether the store has it, downloads it if not, and
 * publishes it.
 */
export async function runPull(options: PullOptions, onStep: OnPullStep): Promise<PullResult> {
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
    tellFound(remote, emit);
    return { ...(await storeRemoteImage(remote, options, retry, onStep)), ...manifestDigestOf(remote) };
  } finally {
    await client.close();
  }
}

function tellFound({ file, manifestDigest }: RemoteImage, emit: Emit): void {
  emit({
    type: "found",
    url: file.shown,
    sha256: file.sha256,
    ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
  });
}

function manifestDigestOf({ manifestDigest }: RemoteImage): { manifestDigest?: string } {
  return manifestDigest === undefined ? {} : { manifestDigest };
}
