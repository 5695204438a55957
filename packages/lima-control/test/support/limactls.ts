import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

import { findExecutable } from "@sysinit-internal/process";

import { installFakeLimactl } from "@sysinit/lima-control/fake";

const beside = "1.2.2";

/**
 * The limactl programs to test against: those that LIMACTL_ALL names, separated by colons; else the one on PATH, and
 * Lima 1.2.2 when it is installed beside it.
 */
export function limactls(): string[] {
  const named = process.env["LIMACTL_ALL"]?.split(":").filter((path) => path !== "");
  if (named !== undefined && named.length > 0) return named;
  const first = findExecutable("limactl");
  if (first === undefined) throw new Error("limactl is not on PATH: run ./hack/setup");
  const older = join(dirname(dirname(dirname(first))), beside, "bin/limactl");
  return existsSync(older) && older !== first ? [first, older] : [first];
}

/** For one test file: the same, and the fakes of both generations, which are trusted because they pass the same tests. */
export async function limactlsAndFakes(): Promise<string[]> {
  const fakes = await Promise.all(
    ["2.2.0", beside].map((version) =>
      installFakeLimactl({ directory: `/tmp/lc-fake-${process.pid}-${version}`, version }),
    ),
  );
  afterAll(() => Promise.all(fakes.map((fake) => fake.remove())));
  return [...limactls(), ...fakes.map((fake) => fake.limactl)];
}
