import type { Probe, ProbeVerdict } from "./probe.ts";

/**
 * Ready when the systemd unit is active. Failed at once when it is in state "failed", does not exist, or is inactive
 * with nothing queued that would start it.
 */
export function unit(name: string): Probe {
  return {
    label: `unit ${name} is active`,
    async check(vm, signal) {
      const argv = ["systemctl", "show", "--property=LoadState,ActiveState,SubState,Job", "--", name];
      const { stdout } = await vm.exec(argv, { signal });
      return judgeUnit(name, stdout);
    },
  };
}

/** Decides on the output of `systemctl show`. */
export function judgeUnit(name: string, shown: string): ProbeVerdict {
  const properties = new Map(
    shown.split("\n").map((line): [string, string] => {
      const equals = line.indexOf("=");
      return [line.slice(0, equals), line.slice(equals + 1).trim()];
    }),
  );
  const load = properties.get("LoadState");
  const active = properties.get("ActiveState");
  if (active === "active") return { state: "ready" };
  if (load === "not-found") return { state: "failed", detail: `there is no unit ${name}` };
  if (load === "masked") return { state: "failed", detail: `unit ${name} is masked` };
  if (active === "failed") return { state: "failed", detail: `unit ${name} has failed` };
  const job = properties.get("Job") ?? "";
  if (active === "inactive" && (job === "" || job === "0")) {
    return { state: "failed", detail: `unit ${name} is inactive and nothing is queued to start it` };
  }
  return { state: "pending", detail: `${active ?? "unknown"} (${properties.get("SubState") ?? "unknown"})` };
}
