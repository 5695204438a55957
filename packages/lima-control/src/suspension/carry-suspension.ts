import { removeSuspension, suspendedOn, writeSuspension } from "./suspension.ts";

/** A clone of a suspended instance is suspended as well; one of an instance that ran since has a copy of a file that holds no more. */
export async function carrySuspension(fromDir: string, toDir: string): Promise<void> {
  const machine = await suspendedOn(fromDir);
  if (machine === undefined) await removeSuspension(toDir);
  else await writeSuspension(toDir, machine);
}
