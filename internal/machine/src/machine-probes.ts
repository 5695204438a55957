import { probes, type Probe } from "@sysinit/lima-control";
import { parseDuration, type SettingValues } from "@sysinit-internal/project";

/** What a start waits for, from the checks of a configuration. */
export function machineProbes(checks: SettingValues["checks"]): Probe[] {
  return checks.map((check) => {
    const timeoutMs = check.timeout === undefined ? undefined : parseDuration(check.timeout);
    return { ...probeOf(check), ...(timeoutMs !== undefined && { timeoutMs }) };
  });
}

function probeOf(check: SettingValues["checks"][number]): Probe {
  if ("command" in check) return probes.command(check.command);
  if ("unit" in check) return probes.unit(check.unit);
  if ("port" in check) return probes.port(check.port);
  if ("file" in check) return probes.file(check.file);
  return probes.http(check.http);
}
