import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { LimaControlError } from "../failures/lima-control-error.ts";
import { tryExec } from "../exec.ts";
import type { LimaContext } from "../lima-context.ts";

/**
 * A guest that goes on is still the one that was suspended, with its name, the id of that start and its cidata disk. limactl
 * waits for the new id, so what a boot does with the disk is done again: by the units of our payload, or by the script that
 * Lima has cloud-init write (pkg/cidata/cidata.TEMPLATE.d/user-data of Lima). The clock is that of the suspension, and clones of
 * one state would draw the same random numbers: 0x5207 is RNDRESEEDCRNG of linux/random.h.
 */
const script = `
set -eu
date -u -s "@$1" >/dev/null 2>&1 || :
printf %s "$2" >/dev/urandom || :
if command -v perl >/dev/null; then
  perl -e 'open(my $pool, ">", "/dev/urandom") or die; ioctl($pool, 0x5207, 0) or die "no new random numbers: $!\\n"'
fi
rm -f /run/lima-ssh-ready /run/lima-boot-done /run/lima-fuse-ready
cidata=/mnt/lima-cidata boot=/var/lib/cloud/scripts/per-boot/00-lima.boot.sh
units=$(systemctl list-units --all --full --plain --no-legend 'lima-*.service' | while read -r unit load rest; do
  [ "$load" != loaded ] || echo "$unit"
done)
case $units in
*lima-cidata.service*)
  systemctl stop $units
  rm -rf /run/lima/steps /run/lima/finished
  umount "$cidata"
  # All in one transaction: one by one, they would not wait for each other.
  systemd-run --quiet --collect --no-block --property="Wants=$(echo $units)" true
  ;;
*)
  [ -x "$boot" ] || { echo "nothing in the guest is known that reads the disk of a start" >&2; exit 1; }
  [ -z "$units" ] || systemctl restart $units
  umount "$cidata"
  mount -o ro /dev/disk/by-label/cidata "$cidata"
  sed -n 's/^local-hostname: *//p' "$cidata/meta-data" >/proc/sys/kernel/hostname
  umount "$cidata"
  systemd-run --quiet --collect --no-block "$boot"
  ;;
esac
`.trim();

const bootIsDone = "until test -e /run/lima-boot-done; do sleep 1; done";

const pauseMs = 300;
const notYet: ReadonlySet<string> = new Set(["GUEST_UNREACHABLE", "NOT_RUNNING", "EXEC_TIMEOUT"]);

/**
 * Has a guest that goes on from a suspension take on the instance in which it does, while limactl waits for that.
 *
 * @throws LimaControlError START_FAILED when it cannot; ABORTED
 */
export async function takeOnIdentity(context: LimaContext, name: string, signal: AbortSignal): Promise<void> {
  // The first call may wait for QEMU to load the state, and the time that it were given would be old.
  await untilReached(signal, () => tryExec(context, name, ["true"], { timeoutMs: 60_000, signal }));
  const argv = () => {
    const seconds = Math.round(Date.now() / 1000);
    return ["/bin/sh", "-c", script, "sh", String(seconds), randomBytes(32).toString("hex")];
  };
  const { exitCode, stderr } = await untilReached(signal, () =>
    tryExec(context, name, argv(), { user: "root", timeoutMs: 60_000, signal }),
  );
  if (exitCode !== 0) {
    throw new LimaControlError({
      code: "START_FAILED",
      message: `the guest of ${name} did not take on the instance: ${stderr.trim().split("\n").at(-1)}`,
      details: { instance: name, exitCode, stderr },
    });
  }
  // Up to Lima 2.0 limactl compares two files of the guest, which were alike before as well.
  await untilReached(signal, () => tryExec(context, name, ["/bin/sh", "-c", bootIsDone], { signal }));
}

/** Again while ssh into it fails, until the start is given up. */
async function untilReached<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!LimaControlError.is(error) || !notYet.has(error.code)) throw error;
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
    }
  }
}
