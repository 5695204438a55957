import type { Rule } from "./rule.ts";

const vzDevices = ["", "vz", "default", "none"];

/** What a driver leaves out with a line in its log (the drivers' `validateConfig`). */
export const ignoredByDriver: Rule = {
  code: "IGNORED_BY_DRIVER",
  severity: "warning",
  *check({ vmType, networks, audio, video }) {
    if (vmType === "qemu") {
      for (const [index, network] of (networks ?? []).entries()) {
        if (network.vzNAT !== true) continue;
        yield { path: ["networks", index, "vzNAT"], message: "only vz has this network; qemu leaves it out" };
      }
    }
    if (vmType !== "vz") return;
    for (const [path, device] of [
      [["audio", "device"], audio?.device],
      [["video", "display"], video?.display],
    ] as const) {
      if (device === undefined || vzDevices.includes(device)) continue;
      yield { path, message: `vz knows only vz, default and none, not \`${device}\`` };
    }
  },
};
