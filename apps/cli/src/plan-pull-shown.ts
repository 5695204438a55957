import { imagesDirectory, planPull, type PullPlan } from "@sysinit/image-store";
import { during, formatBytes } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";
import { imageTitle } from "./describe-image.ts";
import type { PullRequest } from "./pull-image.ts";

/** Says what bringing an image from elsewhere would do. */
export async function planPullShown(context: CommandContext, request: PullRequest): Promise<void> {
  const { env, signal, output } = context;
  const step = output.step(`look for ${request.url}`);
  const plan = await during(step, () =>
    planPull({ ...request, directory: imagesDirectory(context), env, signal }),
  );
  output.data({ dryRun: true, ...plan }, describe(plan));
}

function describe({ name, url, sha256, bytes, outcome, image }: PullPlan): string {
  const size = bytes === undefined ? "" : ` (${formatBytes(bytes)})`;
  const what = {
    download: `would download ${url}${size} as the next generation of ${name}`,
    copy: image && `would make the next generation of ${name} from ${imageTitle(image)}; nothing to download`,
    unchanged: image && `${imageTitle(image)} is that image already`,
  }[outcome];
  return `${what}\nsha256 ${sha256}`;
}
