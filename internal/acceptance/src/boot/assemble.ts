import type { BootPhase, BootTimeline } from "./boot-timeline.ts";
import type { GuestBoot } from "./parse-guest-boot.ts";

const mostUnits = 40;
const leastUnitSeconds = 0.05;

/**
 * Puts the guest's clock on the host's: its kernel began `uptimeSeconds` before the guest said so. The clock of day of a
 * guest is of no use for that, since it may be set in the middle of the boot. All times are seconds since the call of
 * `limactl start`.
 *
 * @param seen.saidAt When the guest told its uptime.
 * @param seen.machineBegun When the driver (QEMU, vz) began to run the machine; where that is not known and the firmware
 *   does not tell either, host and firmware are one phase.
 */
export function assembleBootTimeline(
  guest: GuestBoot,
  seen: { saidAt: number; firstShellSeconds: number; machineBegun?: number | undefined },
): BootTimeline {
  const { saidAt, firstShellSeconds, machineBegun } = seen;
  const kernelAt = Math.max(saidAt - guest.uptimeSeconds, 0);
  const { firmwareSeconds, loaderSeconds, initrdSeconds, userspaceSeconds, finishedSeconds } = guest;
  const firmwareAt =
    firmwareSeconds === undefined
      ? machineBegun && Math.min(machineBegun, kernelAt)
      : kernelAt - firmwareSeconds;
  const beginnings: { name: BootPhase["name"]; at: number | undefined }[] = [
    { name: firmwareAt === undefined ? "host and firmware" : "host", at: 0 },
    { name: "firmware", at: firmwareAt },
    { name: "boot loader", at: loaderSeconds === undefined ? undefined : kernelAt - loaderSeconds },
    { name: "kernel", at: kernelAt },
    { name: "initrd", at: initrdSeconds === undefined ? undefined : kernelAt + initrdSeconds },
    { name: "units", at: userspaceSeconds === undefined ? undefined : kernelAt + userspaceSeconds },
  ];
  const end = finishedSeconds === undefined ? firstShellSeconds : kernelAt + finishedSeconds;
  const known = beginnings.flatMap(({ name, at }) =>
    at === undefined ? [] : [{ name, at: Math.max(at, 0) }],
  );
  const phases = known.map(({ name, at }, index): BootPhase => {
    const until = known[index + 1]?.at ?? Math.max(end, at);
    return { name, startSeconds: rounded(at), seconds: rounded(Math.max(until - at, 0)) };
  });
  const units = guest.units
    .filter(
      ({ startSeconds, seconds }) =>
        seconds >= leastUnitSeconds && kernelAt + startSeconds <= Math.max(end, firstShellSeconds),
    )
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, mostUnits)
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
    .map(({ name, startSeconds, seconds }) => ({
      name,
      startSeconds: rounded(kernelAt + startSeconds),
      seconds: rounded(seconds),
    }));
  return { phases, units, firstShellSeconds: rounded(firstShellSeconds) };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
