import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { findExecutable } from "@sysinit-internal/process";

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
