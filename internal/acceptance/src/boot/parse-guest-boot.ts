/** What a guest tells of its boot. Seconds since its kernel began, but for the two before it, which are lengths. */
export interface GuestBoot {
  uptimeSeconds: number;
  /** From the firmware's beginning to the kernel's; undefined where the firmware does not tell. */
  firmwareSeconds?: number;
  /** From the boot loader's beginning to the kernel's. */
  loaderSeconds?: number;
  initrdSeconds?: number;
  userspaceSeconds?: number;
  /** When all queued jobs were done; undefined while some are not. */
  finishedSeconds?: number;
  units: { name: string; startSeconds: number; seconds: number }[];
}

/** What to run in the guest for {@link parseGuestBoot}: its uptime, then the manager's timestamps, then those of services. */
export const guestBootScript = `cat /proc/uptime
systemctl show --property=FirmwareTimestampMonotonic,LoaderTimestampMonotonic,InitRDTimestampMonotonic,UserspaceTimestampMonotonic,FinishTimestampMonotonic
echo
systemctl show --type=service --property=Id,InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic,InactiveEnterTimestampMonotonic '*'`;

/** Reads what {@link guestBootScript} printed; undefined where it is not that. */
export function parseGuestBoot(stdout: string): GuestBoot | undefined {
  const [uptimeLine = "", ...lines] = stdout.split("\n");
  const uptimeSeconds = Number(uptimeLine.split(" ")[0]);
  if (uptimeLine === "" || !Number.isFinite(uptimeSeconds)) return undefined;
  const [manager = "", ...services] = lines.join("\n").split("\n\n");
  const times = propertiesOf(manager);
  const boot: GuestBoot = { uptimeSeconds, units: services.map(unitOf).filter((unit) => unit !== undefined) };
  const names = {
    firmwareSeconds: "Firmware",
    loaderSeconds: "Loader",
    initrdSeconds: "InitRD",
    userspaceSeconds: "Userspace",
    finishedSeconds: "Finish",
  } as const;
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][]) {
    const seconds = secondsOf(times.get(`${name}TimestampMonotonic`));
    if (seconds !== undefined) boot[key] = seconds;
  }
  return boot;
}

/** A service with the time that it took to become active, or, when it only does something and ends, to end: as systemd-analyze has it. */
function unitOf(text: string): GuestBoot["units"][number] | undefined {
  const properties = propertiesOf(text);
  const name = properties.get("Id");
  const start = secondsOf(properties.get("InactiveExitTimestampMonotonic"));
  if (name === undefined || start === undefined) return undefined;
  const ends = ["ActiveEnterTimestampMonotonic", "InactiveEnterTimestampMonotonic"]
    .map((key) => secondsOf(properties.get(key)))
    .filter((end) => end !== undefined && end >= start);
  const end = ends[0];
  return end === undefined ? undefined : { name, startSeconds: start, seconds: end - start };
}

function propertiesOf(text: string): Map<string, string> {
  return new Map(
    text
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line): [string, string] => [
        line.slice(0, line.indexOf("=")),
        line.slice(line.indexOf("=") + 1).trim(),
      ]),
  );
}

/** Microseconds of systemd in seconds; 0 stands for "not". */
function secondsOf(microseconds: string | undefined): number | undefined {
  const value = Number(microseconds ?? "");
  return Number.isSafeInteger(value) && value > 0 ? value / 1_000_000 : undefined;
}
