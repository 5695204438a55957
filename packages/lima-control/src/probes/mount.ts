import { missingMounts } from "../readiness/mounts.ts";
import type { Probe } from "./probe.ts";

/** Ready when something is mounted at that path in the guest. */
export function mount(path: string): Probe {
  return {
    label: `${path} is mounted`,
    async check(vm, signal) {
      const missing = await missingMounts((argv) => vm.exec(argv, { signal }), [path]);
      return missing.length === 0 ? { state: "ready" } : { state: "pending", detail: "not mounted" };
    },
  };
}
