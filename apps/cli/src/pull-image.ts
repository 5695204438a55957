import { imagesDirectory, pullImage, type PullOptions, type PullResult } from "@sysinit/image-store";
import { during, formatBytes, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";

/** What can be said of an image that is elsewhere. */
export type PullRequest = Pick<
  PullOptions,
  "name" | "url" | "sha256" | "file" | "architecture" | "plainHttp" | "format"
>;

/** Brings an image from elsewhere into the store, showing it. */
export async function pullShown(context: CommandContext, request: PullRequest): Promise<PullResult> {
  const { output, env, signal } = context;
  const step = output.step(`pull ${request.name}`);
  const pull = () =>
    pullImage({
      ...request,
      directory: imagesDirectory(context),
      env,
      signal,
      onEvent: narrateStore(step),
    });
  return await during(step, pull, describe);
}

function describe({ image, outcome, downloadedBytes }: PullResult): string {
  if (outcome === "unchanged") return `already there as generation ${image.generation}`;
  const from = downloadedBytes === 0 ? "the store had it" : `downloaded ${formatBytes(downloadedBytes)}`;
  return `generation ${image.generation}, ${from}`;
}
