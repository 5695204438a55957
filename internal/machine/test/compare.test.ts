import { expect, it } from "vitest";

import { compareMachines, mostNeeded, type MadeOf } from "../src/index.ts";

const made: MadeOf = {
  image: { reference: "lima-minimal", sha256: "a", stored: { name: "lima-minimal", generation: 1 } },
  flakeFiles: {},
  template: { cpus: 2, memory: "4GiB", disk: "20GiB", mounts: [], user: { name: "dev" } },
  checks: [],
};

const changed = (more: Partial<MadeOf>) => compareMachines(made, { ...made, ...more });
const template = (more: object) => changed({ template: { ...made.template, ...more } });

it("nothing has changed", () => {
  expect(changed({})).toEqual([]);
});

it.each([
  ["a number of processors", template({ cpus: 4 }), "cpus: 2 → 4", "restart"],
  ["a key that is new", template({ vmType: "qemu" }), "vmType: not set → qemu", "new-vm"],
  ["mounts", template({ mounts: [{ location: "/x" }] }), "mounts changed", "restart"],
  ["a disk that grows", template({ disk: "40GiB" }), "disk: 20GiB → 40GiB", "restart"],
  ["a disk that would shrink", template({ disk: "10240MiB" }), "disk: 20GiB → 10240MiB", "new-vm"],
  ["the user, who was made in the first boot", template({ user: { name: "me" } }), "user changed", "new-vm"],
  [
    "a probe, which is looked at in a start only",
    template({ probes: [{ script: "#!" }] }),
    "probes changed",
    "nothing",
  ],
  ["a check", changed({ checks: [{ port: 1 }] }), "checks changed", "nothing"],
  ["another image", changed({ image: { reference: ".#x" } }), "image: lima-minimal → .#x", "new-vm"],
  [
    "a newer generation in the store",
    changed({ image: { ...made.image, sha256: "b", stored: { name: "lima-minimal", generation: 2 } } }),
    "image lima-minimal: generation 1 → 2",
    "new-vm",
  ],
  [
    "a flake",
    changed({ flakeFiles: { "/p/flake.lock": "1", "/p/nix/x.nix": "2" } }),
    "flake: flake.lock, x.nix changed",
    "new-vm",
  ],
])("%s", (_, changes, text, needs) => {
  expect(changes).toEqual([expect.objectContaining({ text, needs })]);
});

it("what is needed for all is the most that one needs", () => {
  expect(mostNeeded([])).toBe("nothing");
  expect(mostNeeded(["nothing", "restart", "nothing"])).toBe("restart");
  expect(mostNeeded(["restart", "new-vm"])).toBe("new-vm");
});
