import type { Emit } from "../events/emitter.ts";
import type { RemoteImage } from "./find-remote-image.ts";
import type { PullOptions, PullResult } from "./pull-options.ts";
import type { OnPullStep } from "./pull-steps.ts";
import { storeRemoteImage } from "./store-remote-image.ts";
import { withRemoteImage } from "./with-remote-image.ts";

/**
 * `pullImage`, telling each step that it has done: finds the image, looks whether the store has it, downloads it if not, and
 * publishes it.
 */
export async function runPull(options: PullOptions, onStep: OnPullStep): Promise<PullResult> {
  return await withRemoteImage(options, async (remote, retry) => {
    tellFound(remote, retry.emit);
    const { manifestDigest } = remote;
    const stored = await storeRemoteImage(remote, options, retry, onStep);
    return { ...stored, ...(manifestDigest === undefined ? {} : { manifestDigest }) };
  });
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
