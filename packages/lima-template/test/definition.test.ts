import { expect, test } from "vitest";
import { defineTemplate, LimaTemplateError } from "../src/index.ts";

/** The codes of what is wrong with values that should not even have compiled. */
function refused(define: () => unknown): string[] {
  try {
    define();
  } catch (error) {
    if (!LimaTemplateError.is(error, "INVALID_TEMPLATE")) throw error;
    return (error.details["findings"] as { severity: string; code: string }[])
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code);
  }
  return [];
}

// Each line with @ts-expect-error fails `pnpm types` when it compiles.
test("what does not compile is refused when it runs as well", () => {
  // @ts-expect-error a key that there is not
  expect(refused(() => defineTemplate({ cpu: 2 }))).toEqual(["UNKNOWN_KEY"]);
  // @ts-expect-error text for a number
  expect(refused(() => defineTemplate({ cpus: "two" }))).toEqual(["WRONG_TYPE"]);
  // @ts-expect-error vz has no 9p
  expect(refused(() => defineTemplate({ vmType: "vz", mountType: "9p" }))).toEqual([
    "MOUNT_TYPE_UNSUPPORTED",
  ]);
  // @ts-expect-error qemu has no wsl2
  expect(refused(() => defineTemplate({ vmType: "qemu", mountType: "wsl2" }))).toEqual([
    "MOUNT_TYPE_UNSUPPORTED",
  ]);
  // @ts-expect-error vz has no TPM
  expect(refused(() => defineTemplate({ vmType: "vz", tpm: true }))).toEqual(["TPM_UNSUPPORTED"]);
  // @ts-expect-error vz does not emulate
  expect(refused(() => defineTemplate({ vmType: "vz", arch: "riscv64" }))).toEqual(["DRIVER_ARCH"]);
  // @ts-expect-error vz has no Windows
  expect(refused(() => defineTemplate({ vmType: "vz", os: "Windows" }))).toEqual(["WINDOWS_GUEST"]);
  // @ts-expect-error no version
  expect(refused(() => defineTemplate({ minimumLimaVersion: "newest" }))).toEqual(["BAD_MINIMUM_VERSION"]);
  // @ts-expect-error no size
  expect(refused(() => defineTemplate({ disk: "20 gigs" }))).toEqual(["BAD_SIZE"]);
  // @ts-expect-error no digest
  expect(refused(() => defineTemplate({ images: [{ location: "/a", digest: "abc" }] }))).toEqual([
    "BAD_DIGEST",
  ]);
  // @ts-expect-error a relative location
  expect(refused(() => defineTemplate({ mounts: [{ location: "a" }] }))).toEqual(["MOUNT_LOCATION_RELATIVE"]);
  // @ts-expect-error a tilde in the guest
  expect(refused(() => defineTemplate({ mounts: [{ location: "~/a", mountPoint: "~/a" }] }))).toEqual([
    "MOUNT_POINT_FORBIDDEN",
  ]);
  // @ts-expect-error a probe that nothing runs
  expect(refused(() => defineTemplate({ probes: [{ script: "true" }] }))).toEqual(["PROBE_WITHOUT_SHEBANG"]);
  // @ts-expect-error a file in a probe
  expect(refused(() => defineTemplate({ probes: [{ script: "#!/bin/sh", file: "a.sh" }] }))).toEqual([
    "PROBE_FILE",
  ]);
});

test("entries of provision have the keys of their mode", () => {
  // @ts-expect-error nothing to do
  expect(refused(() => defineTemplate({ provision: [{ mode: "system" }] }))).toEqual(["PROVISION_SHAPE"]);
  // @ts-expect-error a path for a script
  expect(refused(() => defineTemplate({ provision: [{ script: "a", path: "/a" }] }))).toEqual([
    "PROVISION_SHAPE",
  ]);
  // @ts-expect-error a file without a path
  expect(refused(() => defineTemplate({ provision: [{ mode: "data", content: "a" }] }))).toEqual([
    "PROVISION_SHAPE",
  ]);
  // @ts-expect-error a script and a file
  expect(refused(() => defineTemplate({ provision: [{ script: "a", file: "a.sh" }] }))).toEqual([
    "PROVISION_SHAPE",
  ]);
  expect(
    // @ts-expect-error content for yq
    refused(() => defineTemplate({ provision: [{ mode: "yq", path: "/a", expression: ".", content: "a" }] })),
  ).toEqual(["PROVISION_SHAPE"]);
});

test("a network is one thing, a forward has two ends that fit", () => {
  // @ts-expect-error nothing to connect to
  expect(refused(() => defineTemplate({ networks: [{ metric: 1 }] }))).toEqual(["NETWORK_SHAPE"]);
  // @ts-expect-error two things to connect to
  expect(refused(() => defineTemplate({ networks: [{ lima: "user-v2", vzNAT: true }] }))).toEqual([
    "NETWORK_SHAPE",
  ]);
  // @ts-expect-error all ports to one socket
  expect(refused(() => defineTemplate({ portForwards: [{ hostSocket: "a" }] }))).toEqual([
    "PORT_FORWARD_SHAPE",
  ]);
  // @ts-expect-error a port cannot be reversed
  expect(refused(() => defineTemplate({ portForwards: [{ guestPort: 80, reverse: true }] }))).toEqual([
    "PORT_FORWARD_SHAPE",
  ]);
  // @ts-expect-error a socket to a port, for which Lima has no rule
  expect(refused(() => defineTemplate({ portForwards: [{ guestSocket: "/a", hostPort: 80 }] }))).toEqual([
    "PORT_FORWARD_SHAPE",
  ]);
  expect(
    // @ts-expect-error a port and a socket
    refused(() => defineTemplate({ portForwards: [{ guestPort: 80, guestSocket: "/a", hostPort: 80 }] })),
  ).not.toEqual([]);
});

test("keys that need one another", () => {
  // Whether the other one comes later cannot be known, so these are refused only by the compiler.
  // @ts-expect-error no sudo without plain
  defineTemplate({ user: { passwordlessSudo: false } });
  // @ts-expect-error dns beside the host's resolver
  defineTemplate({ dns: ["1.1.1.1"] });
  // @ts-expect-error a deprecated key
  defineTemplate({ rosetta: { enabled: true } });
});

test("what is right compiles", () => {
  const template = defineTemplate({
    minimumLimaVersion: "2.2.0",
    vmType: "qemu",
    mountType: "9p",
    tpm: true,
    images: [{ location: "/a", arch: "x86_64", digest: `sha256:${"0a".repeat(32)}` }],
    memory: "4 GiB",
    disk: "20g",
    mounts: [{ location: "~/a", mountPoint: "{{.Home}}/a" }],
    provision: [
      { script: "true" },
      { mode: "user", file: "a.sh" },
      { mode: "dependency", script: "true", skipDefaultDependencyResolution: true },
      { mode: "data", path: "/a", content: "a", permissions: "600" },
      { mode: "yq", path: "/a", expression: ".", format: "json" },
    ],
    probes: [{ script: "#!/bin/sh\ntrue" }],
    networks: [{ lima: "user-v2" }, { vzNAT: true, interface: "n1" }],
    portForwards: [
      { guestPortRange: [1024, 2048], hostIP: "0.0.0.0" },
      { guestPort: 80, hostSocket: "a.sock" },
      { guestSocket: "/run/a", hostSocket: "b.sock", reverse: true },
      { proto: "udp", guestIP: "0.0.0.0", guestPort: 68, ignore: true },
    ],
    plain: true,
    user: { name: "dev", home: "/home/{{.User}}", passwordlessSudo: false },
    dns: ["1.1.1.1"],
    hostResolver: { enabled: false },
  });
  expect(template.value.vmType).toBe("qemu");
  const mac = defineTemplate({
    os: "Darwin",
    user: { passwordlessSudo: false },
    mounts: [{ location: "/a" }, { location: "*", writable: true }],
    networks: [{ lima: "user-v2" }, { interface: "*", metric: 3 }],
  });
  expect(mac.value.user?.passwordlessSudo).toBe(false);
});
