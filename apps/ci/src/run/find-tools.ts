import { createLima, detectAccelerator, LimaControlError, type Lima } from "@sysinit/lima-control";
import { detectNix } from "@sysinit/nix-runner";
import { requireHost } from "@sysinit-internal/machine";

import type { AcceptanceRun } from "./acceptance-run.ts";

/** Looks at what the run needs, says what it found, and makes sure that the instance's name is free. */
export async function findTools({ app, options, facts }: AcceptanceRun): Promise<Lima> {
  const { signal, output } = app;
  const { env } = process;
  await requireHost({ env, signal });
  const accelerator = await detectAccelerator({ env });
  const lima = createLima({ env, accelerator });
  const [nix, limactl] = await Promise.all([detectNix({ env, signal }), lima.info({ signal })]);
  facts.versions = { nix: nix.version, lima: limactl.version, node: process.versions.node };
  const { kind, hardware, reason } = accelerator;
  facts.accelerator = { kind, hardware, reason };
  output.say(
    `nix ${nix.version}, lima ${limactl.version}, node ${process.versions.node}; ${kind}: ${reason}`,
  );
  // A run that was killed could not clean up after itself.
  for (const name of await lima.sweep({ signal })) output.say(`swept ${name}, left by a run that was killed`);
  const existing = await lima.find(options.name, { signal });
  if (existing !== undefined) {
    throw new LimaControlError({
      code: "INSTANCE_EXISTS",
      message: `instance ${options.name} exists already (${existing.status}) and no acceptance run made it`,
      hint: `choose another --name, or delete it: limactl delete --force ${options.name}`,
      details: { name: options.name, dir: existing.dir },
    });
  }
  return lima;
}
