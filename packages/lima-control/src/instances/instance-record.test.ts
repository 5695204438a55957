import { expect, test } from "vitest";

import { parseInstance } from "./instance-record.ts";

test("a running instance of Lima 2.2 is read", () => {
  const record = parseInstance({
    name: "vm",
    hostname: "lima-vm",
    status: "Running",
    dir: "/home/u/.lima/vm",
    vmType: "qemu",
    arch: "x86_64",
    cpus: 2,
    memory: 4294967296,
    disk: 1048576,
    sshLocalPort: 40123,
    hostAgentPID: 111,
    driverPID: 122,
    errors: [],
    protected: true,
    limaVersion: "2.2.0",
    config: {
      images: [{ location: "/i/a.qcow2", arch: "x86_64" }],
      mounts: [{ location: "/home/u/x" }, { location: "/home/u/projects", mountPoint: "/home/dev/projects" }],
      additionalDisks: ["data", { name: "cache", format: false }],
      networks: [{ lima: "shared", macAddress: "52:55:55:00:00:01" }, { vzNAT: true }],
      user: { name: "dev", home: "/home/dev" },
    },
  });
  expect(record).toEqual({
    name: "vm",
    status: "Running",
    dir: "/home/u/.lima/vm",
    vmType: "qemu",
    arch: "x86_64",
    cpus: 2,
    memoryBytes: 4294967296,
    diskBytes: 1048576,
    sshLocalPort: 40123,
    hostAgentPid: 111,
    driverPid: 122,
    limaVersion: "2.2.0",
    errors: [],
    imageLocations: ["/i/a.qcow2"],
    mountPoints: ["/home/u/x", "/home/dev/projects"],
    additionalDisks: ["data", "cache"],
    networks: ["shared", "vzNAT"],
    userName: "dev",
    userHome: "/home/dev",
    protected: true,
  });
});

test("a broken instance, of which limactl knows little, is read as far as it goes", () => {
  const record = parseInstance({
    name: "q",
    hostname: "",
    status: "Broken",
    dir: "/home/u/.lima/q",
    vmType: "",
    arch: "",
    errors: [{ Op: "open", Path: "/home/u/.lima/q/lima.yaml", Err: 2 }],
    protected: false,
    limaVersion: "",
  });
  expect(record).toMatchObject({ name: "q", status: "Broken", cpus: 0, errors: [], mountPoints: [] });
  expect(record).not.toHaveProperty("limaVersion");
});

test("a plain instance mounts nothing, whatever its template says", () => {
  const record = parseInstance({ name: "p", config: { plain: true, mounts: [{ location: "/x" }] } });
  expect(record?.mountPoints).toEqual([]);
});

test("fields of another kind than they should be do not keep the rest from being read", () => {
  const record = parseInstance({
    name: "x",
    status: null,
    memory: "4GiB",
    config: 7,
    errors: "none",
    sshLocalPort: 0,
  });
  expect(record).toMatchObject({ name: "x", status: "", memoryBytes: 0, errors: [] });
  expect(record).not.toHaveProperty("sshLocalPort");
});

test.each([undefined, null, 1, "x", [], {}, { name: "" }, { name: 1 }])("%j is no instance", (value) => {
  expect(parseInstance(value)).toBeUndefined();
});
