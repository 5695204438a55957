import { expect, test } from "vitest";

import { advise } from "./advise.ts";
import type { Builder } from "./builder.ts";

const need = { system: "aarch64-linux", features: [] };
const thisMachine = (why: string): Builder => ({ kind: "local", name: "this machine", suits: false, why });
const onMac = { here: "aarch64-darwin", flavour: "nix" } as const;
const onLinux = { here: "x86_64-linux", flavour: "nix" } as const;

test("a Mac without a Linux builder", () => {
  expect(advise([thisMachine("it is aarch64-darwin")], need, onMac)).toMatch(
    /^set up a Linux builder for this Mac/,
  );
});

test("a Mac with Determinate Nix, which nix-darwin's linux-builder does not work with", () => {
  const hint = advise([thisMachine("it is aarch64-darwin")], need, { ...onMac, flavour: "determinate" });
  expect(hint).toMatch(/^use Determinate's native Linux builder/);
});

test("a Linux builder that is asleep", () => {
  const asleep: Builder = {
    kind: "linux-builder",
    name: "ssh-ng://builder@linux-builder",
    suits: false,
    why: "its ssh port does not answer",
  };
  const here = thisMachine("it is aarch64-darwin");
  expect(advise([here, asleep], need, onMac)).toContain(
    "launchctl kickstart -k system/org.nixos.linux-builder",
  );
  expect(advise([here, { ...asleep, kind: "remote", name: "ssh://big" }], need, onMac)).toBe(
    "see why ssh://big does not answer",
  );
});

test.each([
  ["it may build nothing (max-jobs is 0)", "set max-jobs in nix.conf to 1 or more"],
  [
    "it has an emulator, but extra-platforms does not name it",
    "add to nix.conf: extra-platforms = aarch64-linux",
  ],
  ["whose programs it cannot run", "take aarch64-linux out of extra-platforms in nix.conf"],
  ["the kernel has no emulator for aarch64-linux (binfmt_misc)", "install an emulator"],
  ["it is x86_64-linux", "name a machine that builds aarch64-linux"],
])("this machine, since %s", (why, hint) => {
  expect(advise([thisMachine(why)], need, onLinux)).toContain(hint);
});

test("kvm", () => {
  const kvm = { system: "x86_64-linux", features: ["kvm"] };
  expect(advise([thisMachine("it lacks kvm (system features)")], kvm, onLinux)).toContain("/dev/kvm");
});
