import { imagesDirectory, pushImage, type PushResult } from "@sysinit/image-store";
import { during, formatBytes, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageTitle } from "../describe-image.ts";

export interface PushFlags {
  generation?: number;
  plainHttp?: boolean;
  dryRun?: boolean;
}

export async function imagesPush(
  context: CommandContext,
  name: string,
  url: string,
  { generation, plainHttp, dryRun = false }: PushFlags,
): Promise<void> {
  const { output, env, signal } = context;
  const step = output.step(`push ${name}`);
  const push = () =>
    pushImage({
      directory: imagesDirectory(context),
      name,
      url,
      generation,
      plainHttp,
      dryRun,
      env,
      signal,
      onEvent: narrateStore(step),
    });
  const result = await during(step, push, ({ outcome }) => (dryRun ? "nothing sent" : outcome));
  output.data({ ...(dryRun && { dryRun }), ...result }, describe(result, url, dryRun));
}

function describe({ image, outcome, url, uploadedBytes }: PushResult, tag: string, dryRun: boolean): string {
  if (outcome === "unchanged") return `${tag} is ${imageTitle(image)} already\n${url}`;
  const what = `${imageTitle(image)} (${formatBytes(dryRun ? image.bytes : uploadedBytes)})`;
  return dryRun ? `would push ${what} to ${tag}\n${url}` : `pushed ${what} to ${tag}\n${url}`;
}
