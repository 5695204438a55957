import type { Guest } from "../context.ts";
import { assembleBootTimeline } from "./assemble.ts";
import type { BootTimeline } from "./boot-timeline.ts";
import { guestBootScript, parseGuestBoot } from "./parse-guest-boot.ts";

const timeoutMs = 20_000;

/**
 * Asks a guest how it came up. Undefined when it cannot tell, as one without systemd: that is no fault of the guest.
 *
 * @param options.secondsSinceStart The seconds since the call of `limactl start`.
 */
export async function readBootTimeline(options: {
  guest: Guest;
  signal: AbortSignal;
  firstShellSeconds: number;
  secondsSinceStart: () => number;
  /** When the driver began to run the machine; see {@link assembleBootTimeline}. */
  machineBegun?: number | undefined;
}): Promise<BootTimeline | undefined> {
  const { guest, signal, firstShellSeconds, secondsSinceStart, machineBegun } = options;
  const askedAt = secondsSinceStart();
  try {
    const { stdout } = await guest.exec(["sh", "-c", guestBootScript], { signal, timeoutMs });
    const saidAt = (askedAt + secondsSinceStart()) / 2;
    const boot = parseGuestBoot(stdout);
    return boot && assembleBootTimeline(boot, { saidAt, firstShellSeconds, machineBegun });
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}
