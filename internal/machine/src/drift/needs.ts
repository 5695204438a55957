/** What a change asks for before it holds. */
export type Needs = "nothing" | "restart" | "new-vm";

/** From the least. */
const order: readonly Needs[] = ["nothing", "restart", "new-vm"];

/** The most that any of them needs. */
export function mostNeeded(needs: readonly Needs[]): Needs {
  return order[Math.max(0, ...needs.map((need) => order.indexOf(need)))]!;
}

// limactl reads lima.yaml at every start, and the guest the cidata that is made of it. What is used when the disk is made
// (images, disk) or in the guest's first boot (user) is not looked at again; neither is what is not in this list.
const byKey: Readonly<Record<string, Needs>> = {
  message: "nothing",
  minimumLimaVersion: "nothing",
  probes: "nothing",
  additionalDisks: "restart",
  audio: "restart",
  caCerts: "restart",
  copyToHost: "restart",
  cpuType: "restart",
  cpus: "restart",
  disk: "restart",
  dns: "restart",
  env: "restart",
  hostResolver: "restart",
  memory: "restart",
  mountInotify: "restart",
  mountType: "restart",
  mountTypesUnsupported: "restart",
  mounts: "restart",
  nestedVirtualization: "restart",
  networks: "restart",
  param: "restart",
  portForwards: "restart",
  propagateProxyEnv: "restart",
  provision: "restart",
  rosetta: "restart",
  ssh: "restart",
  timezone: "restart",
  video: "restart",
};

/** What a change of a key of the template needs. */
export function needsOf(key: string, from: unknown, to: unknown): Needs {
  if (key === "disk" && (sizeOf(to) ?? Infinity) < (sizeOf(from) ?? 0)) return "new-vm";
  return byKey[key] ?? "new-vm";
}

/** Bytes of a size as our templates write it. */
function sizeOf(value: unknown): number | undefined {
  const [, digits, unit = ""] = /^([\d.]+) ?([KMGTP]?)i?B?$/i.exec(String(value)) ?? [];
  return digits === undefined
    ? undefined
    : Number(digits) * 1024 ** " KMGTP".indexOf(unit.toUpperCase() || " ");
}
