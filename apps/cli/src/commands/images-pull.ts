import type { CommandContext } from "../command-context.ts";
import { planPullShown } from "../plan-pull-shown.ts";
import { pullShown, type PullRequest } from "../pull-image.ts";

export interface PullFlags extends Omit<PullRequest, "url"> {
  dryRun?: boolean;
}

export async function imagesPull(context: CommandContext, url: string, flags: PullFlags): Promise<void> {
  const { dryRun = false, name, sha256, file, architecture, plainHttp } = flags;
  const request: PullRequest = { name, url, sha256, file, architecture, plainHttp };
  if (dryRun) return planPullShown(context, request);
  const { image, ...result } = await pullShown(context, request);
  context.output.data({ ...result, ...image }, `${image.file}\n${image.latestLink}`);
}
