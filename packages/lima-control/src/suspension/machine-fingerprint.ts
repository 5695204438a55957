import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { cpus, release } from "node:os";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

import { qemuCommand, qemuOf } from "../accelerator/qemu-variable.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { readInfo } from "../limactl/info.ts";

/**
 * Stands for all that makes the machine of an instance: its template, limactl, QEMU and its command, this kernel and this
 * processor. QEMU can load a state only into the machine in which it was saved, and does not always notice another.
 */
export async function machineFingerprint(
  context: LimaContext,
  { dir, arch }: InstanceRecord,
  signal?: AbortSignal,
): Promise<string> {
  const { kind, env } = await context.accelerator(arch);
  const startEnv = { ...context.env, ...env };
  const [template, { version }, qemu] = await Promise.all([
    readFile(join(dir, "lima.yaml"), "utf8"),
    readInfo(context, signal),
    runProcess({
      file: qemuOf(arch, startEnv),
      args: ["--version"],
      env: context.env,
      timeoutMs: 30_000,
    }),
  ]);
  const command = qemuCommand(arch, startEnv);
  const machine = [template, version, kind, command, qemu.stdout, release(), cpus()[0]?.model];
  return createHash("sha256").update(JSON.stringify(machine)).digest("hex");
}
