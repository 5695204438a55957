import { checkInstanceName } from "./check-instance-name.ts";
import { instanceExists } from "./create.ts";
import { createTeller } from "./events/teller.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { find, requireStopped } from "./find.ts";
import type { CallOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import { instanceOnDisk } from "./instances/instance-directory.ts";
import { copyLease, removeLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { setProtection } from "./limactl/protect.ts";
import { renameStopped } from "./limactl/rename.ts";
import { requireVersion } from "./limactl/require-version.ts";
import { limactlFailed, succeeded } from "./limactl/run-limactl.ts";
import { withTwoInstanceLocks } from "./locks/instance-lock.ts";
import { deleteAbandoned } from "./sweep.ts";

/** Gives a stopped instance another name; see `StoppedVm.rename`. */
export async function rename(
  context: LimaContext,
  name: string,
  newName: string,
  { signal }: CallOptions = {},
): Promise<InstanceRecord> {
  checkInstanceName(newName, context.home);
  if (newName === name) return await requireStopped(context, name, "renamed", signal);
  const teller = createTeller(name, context.onEvent);
  return await withTwoInstanceLocks(context, [name, newName], { teller, signal }, async () => {
    const record = await requireStopped(context, name, "renamed", signal);
    await deleteAbandoned(context, newName, teller);
    const existing = await find(context, newName, signal);
    if (existing !== undefined) throw instanceExists(existing);
    await requireVersion(context, "2.0", "rename an instance", signal);
    throwIfAborted(`renaming ${name}`, signal);

    await copyLease(context.home, name, newName);
    const outcome = await renameStopped(context, name, newName);
    const renamed = succeeded(outcome) ? await find(context, newName) : undefined;
    if (renamed === undefined) {
      if ((await instanceOnDisk(context.home, newName)) === "absent")
        await removeLease(context.home, newName);
      throw limactlFailed(`instance ${name} could not be renamed to ${newName}`, outcome);
    }
    await removeLease(context.home, name);
    if (!record.protected) return renamed;

    // limactl forgets the protection of what it renames.
    const protecting = await setProtection(context, newName, true);
    if (!succeeded(protecting)) {
      throw limactlFailed(`instance ${name} was renamed to ${newName}, but not protected again`, protecting);
    }
    return { ...renamed, protected: true };
  });
}
