import { join } from "node:path";

import { limaHome } from "@sysinit-internal/machine/lima-home";
import { quickLook } from "@sysinit-internal/machine/quick-look";
import { settingsDigest } from "@sysinit-internal/machine/settings-digest";
import { findProject } from "@sysinit-internal/project/find-project";

import type { CommandContext } from "../command-context.ts";
import { defaultInstanceName } from "../defaults.ts";
import type { UpFlags } from "../machine/up-flags.ts";
import type { Target } from "../target.ts";

export async function up(context: CommandContext, name: string | undefined, flags: UpFlags): Promise<void> {
  const project = name === undefined ? findProject(context.directory) : undefined;
  const target: Target = { name: name ?? project?.instance ?? defaultInstanceName, project };
  const { image, sha256, template, cpus, memory, disk, ttl, timeout, build, guest } = flags;
  const said = { image, sha256, template, cpus, memory, disk, ttl, timeout, build, guest };
  const digest = settingsDigest(said, context.env);
  const home = limaHome(context.env);
  // Nothing is loaded and no tool is asked where all is as it should be; JSON tells more than is seen that way.
  if (!context.output.json && !flags.dryRun && home !== undefined && !target.name.includes("/")) {
    const record = quickLook(target.name, join(home, target.name), digest);
    if (record !== undefined) {
      const { sayReady } = await import("../machine/say-ready.ts");
      sayReady(context, target, "already-running", record.expiresAt);
      return;
    }
  }
  const { bringUp } = await import("../machine/bring-up.ts");
  await bringUp(context, target, flags, digest);
}
