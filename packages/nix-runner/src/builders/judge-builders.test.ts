import { expect, test } from "vitest";

import type { BuilderConfiguration } from "./configuration.ts";
import { judgeBuilders, type BuilderFacts } from "./judge-builders.ts";
import { parseMachines } from "./machines.ts";

const linux: BuilderConfiguration = {
  system: "x86_64-linux",
  extraPlatforms: ["i686-linux", "x86_64-v2-linux"],
  systemFeatures: ["benchmark", "big-parallel"],
  maxJobs: "auto",
  builders: "",
  externalBuilders: [],
};
const mac = { ...linux, system: "aarch64-darwin", extraPlatforms: ["x86_64-darwin"] };
const linuxBuilder = parseMachines(
  "ssh-ng://builder@linux-builder aarch64-linux /etc/nix/builder_ed25519 4 1 benchmark,big-parallel",
  mac.system,
);

/** Who builds for a system, and why the others do not. */
function judge(system: string, facts: Partial<BuilderFacts>, features: readonly string[] = []) {
  return judgeBuilders({ configuration: linux, machines: [], emulated: [], ...facts }, { system, features });
}

test.each([
  ["x86_64-linux", linux],
  ["i686-linux", linux],
  ["x86_64-v2-linux", linux],
  ["aarch64-darwin", mac],
  ["x86_64-darwin", mac],
])("%s is built on this machine", (system, configuration) => {
  expect(judge(system, { configuration })).toEqual([{ kind: "local", name: "this machine", suits: true }]);
});

test("another system is not", () => {
  expect(judge("aarch64-linux", {})).toEqual([
    { kind: "local", name: "this machine", suits: false, why: "it is x86_64-linux" },
  ]);
});

test("through an emulator it is, when nix and the kernel know of it", () => {
  const configuration = { ...linux, extraPlatforms: ["aarch64-linux"] };
  expect(judge("aarch64-linux", { configuration, emulated: ["aarch64-linux"] })).toEqual([
    { kind: "emulated", name: "this machine", suits: true },
  ]);
  expect(judge("aarch64-linux", { configuration })).toMatchObject([
    { kind: "emulated", suits: false, why: "the kernel has no emulator for aarch64-linux (binfmt_misc)" },
  ]);
  expect(judge("aarch64-linux", { emulated: ["aarch64-linux"] })).toMatchObject([
    { suits: false, why: expect.stringContaining("extra-platforms does not name it") },
  ]);
});

test("a Mac that is said to run Linux programs does not", () => {
  const configuration = { ...mac, extraPlatforms: ["aarch64-linux"] };
  expect(judge("aarch64-linux", { configuration })).toMatchObject([
    { suits: false, why: "extra-platforms names aarch64-linux, whose programs aarch64-darwin cannot run" },
  ]);
});

test("a Linux builder on this Mac", () => {
  expect(judge("aarch64-linux", { configuration: mac, machines: linuxBuilder })).toEqual([
    { kind: "local", name: "this machine", suits: false, why: "it is aarch64-darwin" },
    { kind: "linux-builder", name: "ssh-ng://builder@linux-builder", suits: true },
  ]);
  const asleep = linuxBuilder.map((machine) => ({ ...machine, answers: false }));
  expect(judge("aarch64-linux", { configuration: mac, machines: asleep })[1]).toMatchObject({
    suits: false,
    why: "its ssh port does not answer",
  });
});

test.each(["ssh-ng://rosetta-builder aarch64-linux", "ssh://builder@localhost:31022 aarch64-linux"])(
  "%s is a Linux builder on this Mac as well",
  (text) => {
    const machines = parseMachines(text, mac.system);
    expect(judge("aarch64-linux", { configuration: mac, machines })[1]).toMatchObject({
      kind: "linux-builder",
    });
  },
);

test("the native Linux builder of Determinate, and another external one", () => {
  const systems = ["aarch64-linux", "x86_64-linux"];
  const externalBuilders = [
    { systems, program: "/usr/local/bin/determinate-nixd" },
    { systems, program: "/opt/bin/build-in-vm" },
  ];
  const kinds = judge("aarch64-linux", { configuration: { ...mac, externalBuilders } }).map(
    ({ kind, suits }) => [kind, suits],
  );
  expect(kinds).toEqual([
    ["local", false],
    ["determinate", true],
    ["external", true],
  ]);
});

test("a feature that is missing, or for which a machine is kept", () => {
  expect(judge("x86_64-linux", {}, ["kvm"])[0]).toMatchObject({
    suits: false,
    why: "it lacks kvm (system features)",
  });
  const machines = parseMachines(
    "ssh://a x86_64-linux - 1 1 kvm kvm; ssh://b x86_64-linux - 1 1 - big-parallel",
    "",
  );
  expect(judge("x86_64-linux", { machines }, ["kvm"]).map(({ suits }) => suits)).toEqual([
    false,
    true,
    false,
  ]);
  expect(judge("x86_64-linux", { machines })[1]).toMatchObject({ why: "it is kept for what needs kvm" });
});

test("who may build nothing", () => {
  const machines = parseMachines("ssh://a x86_64-linux - 0", "");
  const why = judge("x86_64-linux", { configuration: { ...linux, maxJobs: 0 }, machines }).map(
    (builder) => builder.why,
  );
  expect(why).toEqual(Array(2).fill("it may build nothing (max-jobs is 0)"));
});
