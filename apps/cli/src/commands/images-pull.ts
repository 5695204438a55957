import { imagesDirectory, planPull, type PullPlan } from "@sysinit/image-store";
import { during, formatBytes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageTitle } from "../describe-image.ts";
import { pullShown, type PullRequest } from "../pull-image.ts";

export interface PullFlags extends Omit<PullRequest, "url"> {
  dryRun?: boolean;
}

export async function imagesPull(context: CommandContext, url: string, flags: PullFlags): Promise<void> {
  const { dryRun = false, name, sha256, file, architecture, plainHttp } = flags;
  const request: PullRequest = { name, url, sha256, file, architecture, plainHttp };
  if (dryRun) {
    const step = context.output.step(`look for ${url}`);
    const { env, signal } = context;
    const plan = await during(step, () =>
      planPull({ ...request, directory: imagesDirectory(context), env, signal }),
    );
    return context.output.data({ dryRun, ...plan }, describePlan(plan));
  }
  const { image, ...result } = await pullShown(context, request);
  context.output.data({ ...result, ...image }, `${image.file}\n${image.latestLink}`);
}

function describePlan({ name, url, sha256, bytes, outcome, image }: PullPlan): string {
  const size = bytes === undefined ? "" : ` (${formatBytes(bytes)})`;
  const what = {
    download: `would download ${url}${size} as the next generation of ${name}`,
    copy: image && `would make the next generation of ${name} from ${imageTitle(image)}; nothing to download`,
    unchanged: image && `${imageTitle(image)} is that image already`,
  }[outcome];
  return `${what}\nsha256 ${sha256}`;
}
