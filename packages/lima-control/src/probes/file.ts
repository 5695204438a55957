import { command } from "./command.ts";
import type { Probe } from "./probe.ts";

/** Ready when there is something at that path in the guest, whatever it is. */
export function file(path: string): Probe {
  return command(["test", "-e", path], { label: `${path} exists`, user: "root" });
}
