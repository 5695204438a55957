import type { Probe, ProbeVerdict } from "./probe.ts";

/** Ready when all are, failed when one is. Its time limit is the longest of theirs. */
export function all(...probes: readonly Probe[]): Probe {
  const limits = probes.map((probe) => probe.timeoutMs).filter((limit) => limit !== undefined);
  return {
    label: probes.map((probe) => probe.label).join(" and "),
    ...(limits.length === 0 ? {} : { timeoutMs: Math.max(...limits) }),
    async check(vm, signal): Promise<ProbeVerdict> {
      let first: ProbeVerdict | undefined;
      for (const probe of probes) {
        const verdict = await probe.check(vm, signal);
        // One that has failed ends the waiting, although another before it is still pending.
        if (verdict.state === "failed") return verdict;
        if (verdict.state === "pending") {
          first ??= { state: "pending", detail: `${probe.label}: ${verdict.detail ?? "pending"}` };
        }
      }
      return first ?? { state: "ready" };
    },
  };
}
