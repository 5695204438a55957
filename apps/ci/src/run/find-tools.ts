import { LimaControlError, type Lima } from "@sysinit/lima-control";
import { detectNix } from "@sysinit/nix-runner";
import { requireHost } from "@sysinit-internal/machine";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { chooseLima } from "./choose-lima.ts";
import { needsNix } from "./obtain-image-under-test.ts";

/** Looks at what the run needs, says what it found, and makes sure that the instance's name is free. */
export async function findTools(run: AcceptanceRun): Promise<Lima> {
  const { app, facts, instance } = run;
  const { signal, output } = app;
  const { lima, version, accelerator } = await chooseLima(run);
  const { env } = run;
  await requireHost({ env, signal });
  const nix = needsNix(run.plan.image) ? (await detectNix({ env, signal })).version : undefined;
  facts.versions = { ...(nix !== undefined && { nix }), lima: version, node: process.versions.node };
  const { kind, hardware, reason } = accelerator;
  facts.accelerator = { kind, hardware, reason };
  output.say(
    `${nix === undefined ? "" : `nix ${nix}, `}lima ${version}, node ${process.versions.node}; ${kind}: ${reason}`,
  );
  // A run that was killed could not clean up after itself.
  for (const name of await lima.sweep({ signal })) output.say(`swept ${name}, left by a run that was killed`);
  const existing = await lima.find(instance, { signal });
  if (existing !== undefined) {
    throw new LimaControlError({
      code: "INSTANCE_EXISTS",
      message: `instance ${instance} exists already (${existing.status}) and no acceptance run made it`,
      hint: `choose another --name, or delete it: limactl delete --force ${instance}`,
      details: { name: instance, dir: existing.dir },
    });
  }
  return lima;
}
