import type { Probe } from "./probe.ts";

/** Ready when something listens on that TCP port in the guest, on whatever address. */
export function port(number: number): Probe {
  return {
    label: `port ${number} is open in the guest`,
    async check(vm, signal) {
      const { stdout } = await vm.tryExec(["cat", "/proc/net/tcp", "/proc/net/tcp6"], { signal });
      return listeningPorts(stdout).has(number)
        ? { state: "ready" }
        : { state: "pending", detail: "nothing listens" };
    },
  };
}

const listening = "0A";

/** Ports of listening sockets in `/proc/net/tcp`, whose lines are `sl local_address rem_address st …` in hex. */
export function listeningPorts(table: string): Set<number> {
  const ports = new Set<number>();
  for (const line of table.split("\n")) {
    const [, local, , state] = line.trim().split(/\s+/);
    const hex = local?.split(":")[1];
    if (state === listening && hex !== undefined) ports.add(Number.parseInt(hex, 16));
  }
  return ports;
}
