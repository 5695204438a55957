import { expect, test } from "vitest";

import { machineFiles, parseMachines } from "./machines.ts";

test("the machine that nix-darwin's linux-builder writes, and one of one's own", () => {
  const text = `
# Linux on this Mac
ssh-ng://builder@linux-builder aarch64-linux,x86_64-linux /etc/nix/builder_ed25519 4 1 kvm,benchmark,big-parallel - c3NoLWVk
root@big - - - - big-parallel big-parallel
`;
  expect(parseMachines(text, "aarch64-darwin")).toEqual([
    {
      url: "ssh-ng://builder@linux-builder",
      systems: ["aarch64-linux", "x86_64-linux"],
      maxJobs: 4,
      features: ["kvm", "benchmark", "big-parallel"],
      mandatoryFeatures: [],
    },
    {
      url: "ssh://root@big",
      systems: ["aarch64-darwin"],
      maxJobs: 1,
      features: ["big-parallel"],
      mandatoryFeatures: ["big-parallel"],
    },
  ]);
});

test("several machines on one line, as in a setting", () => {
  const urls = parseMachines("ssh://one x86_64-linux; ssh://two aarch64-linux", "x86_64-linux").map(
    ({ url }) => url,
  );
  expect(urls).toEqual(["ssh://one", "ssh://two"]);
});

test("a setting that names a file", () => {
  expect(machineFiles("@/etc/nix/machines")).toEqual(["/etc/nix/machines"]);
  expect(parseMachines("@/etc/nix/machines", "x86_64-linux")).toEqual([]);
  expect(machineFiles("ssh://one x86_64-linux")).toEqual([]);
});

test("no machines", () => {
  expect(parseMachines("", "x86_64-linux")).toEqual([]);
});
