import {
  compareMachines,
  wantedNow,
  type Change,
  type MachinePlan,
  type MadeOf,
} from "@sysinit-internal/machine";

/** What has changed since a VM was made; nothing can be said of one of which nothing is remembered. */
export async function changesSince(
  plan: MachinePlan,
  made: MadeOf | undefined,
  directory: string,
): Promise<Change[]> {
  if (made === undefined) return [];
  const now = await wantedNow({ ...plan, installable: made.image.installable, imagesDirectory: directory });
  return compareMachines(made, now.madeOf);
}
