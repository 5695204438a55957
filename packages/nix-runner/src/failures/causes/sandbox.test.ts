import { expect, test } from "vitest";

import { failureSaying } from "../../../test/replay.ts";

test("a kernel that refuses what the sandbox needs", () => {
  const failure = failureSaying(
    "this system does not support the kernel namespaces that are required for sandboxing",
  );
  expect(failure.code).toBe("SANDBOX");
  expect(failure.hint).toContain("sandbox = false");
});

test("a kernel that lets an ordinary user filter no system calls, as nix 2.34 says it", () => {
  const failure = failureSaying("unable to load seccomp BPF program: Permission denied");
  expect(failure).toMatchObject({
    code: "SANDBOX",
    hint: expect.stringContaining("filter-syscalls = false"),
  });
});
