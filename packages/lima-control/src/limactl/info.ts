import { z } from "zod";

import type { LimaContext } from "../lima-context.ts";
import { limactlFailed, runLimactl, succeeded } from "./run-limactl.ts";

/** What limactl says of itself. */
export interface LimaInfo {
  version: string;
  home: string;
  vmTypes: string[];
  /** The guest agent's file for each architecture. */
  guestAgents: Record<string, string>;
  /** The limactl that said it. */
  limactl: string;
}

const infoSchema = z.object({
  version: z.string(),
  limaHome: z.string().optional(),
  vmTypes: z.array(z.string()).catch([]),
  guestAgents: z.record(z.string(), z.object({ location: z.string() })).catch({}),
});

/** @throws LimaControlError LIMACTL_NOT_FOUND, LIMACTL_FAILED */
export async function readInfo(context: LimaContext, signal?: AbortSignal): Promise<LimaInfo> {
  const outcome = await runLimactl(context, ["info"], { signal, timeoutMs: 60_000 });
  if (!succeeded(outcome)) throw limactlFailed("limactl could not tell about itself", outcome);
  let value: unknown;
  try {
    value = JSON.parse(outcome.stdout);
  } catch {
    throw limactlFailed("limactl's information about itself is not JSON", outcome);
  }
  const parsed = infoSchema.safeParse(value);
  if (!parsed.success) throw limactlFailed("limactl's information about itself cannot be read", outcome);
  const { version, limaHome, vmTypes, guestAgents } = parsed.data;
  return {
    version,
    home: limaHome ?? context.home,
    vmTypes: [...vmTypes].sort(),
    guestAgents: Object.fromEntries(
      Object.entries(guestAgents).map(([arch, agent]) => [arch, agent.location]),
    ),
    limactl: context.limactl,
  };
}
