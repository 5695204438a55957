import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";

import { createTeller } from "../events/teller.ts";
import { recordWithoutTemplate, type InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { machineFingerprint } from "./machine-fingerprint.ts";
import { writeSuspension } from "./suspension.ts";
import { takeSuspension } from "./take-suspension.ts";

let folder: string;
let record: InstanceRecord;
let context: LimaContext;
const told: string[] = [];

beforeEach(async () => {
  told.length = 0;
  folder = await mkdtemp(join(tmpdir(), "take-suspension-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dir = join(folder, "vm");
  await mkdir(dir);
  await writeFile(join(dir, "lima.yaml"), "cpus: 2\n");
  await writeFile(join(dir, "disk"), "disk");
  record = { ...recordWithoutTemplate("vm", dir), arch: "x86_64" };
  await writeProgram("limactl", `{"version": "2.2.0"}`);
  await writeProgram("qemu", "QEMU emulator version 10.0.0");
  context = {
    limactl: join(folder, "limactl"),
    home: folder,
    env: { ...process.env, QEMU_SYSTEM_X86_64: `${join(folder, "qemu")} -cpu max` },
    owner: undefined,
    onEvent: undefined,
    accelerator: () => Promise.resolve({ kind: "tcg", hardware: false, reason: "", env: {} }),
  };
  await writeSuspension(dir, await machineFingerprint(context, record));
});

async function writeProgram(name: string, output: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\necho '${output}'\n`, { mode: 0o755 });
}

function take(): Promise<boolean> {
  const teller = createTeller("vm", (event) => void told.push(event.type === "message" ? event.text : ""));
  return takeSuspension(context, record, undefined, teller);
}

test("an instance goes on once from where it was suspended, on the machine that it was on", async () => {
  expect(await take()).toBe(true);
  expect(await take()).toBe(false);
  expect(told).toEqual([]);
});

test.each<[string, () => Promise<void>]>([
  ["its template", () => appendFile(join(record.dir, "lima.yaml"), "memory: 4GiB\n")],
  ["limactl", () => writeProgram("limactl", `{"version": "2.3.0"}`)],
  ["QEMU", () => writeProgram("qemu", "QEMU emulator version 10.1.0")],
  [
    "the command of QEMU",
    async () => {
      context = { ...context, env: { ...context.env, QEMU_SYSTEM_X86_64: join(folder, "qemu") } };
    },
  ],
])("it boots, and says so, when %s is not what it was", async (_, change) => {
  await change();
  expect(await take()).toBe(false);
  expect(told).toEqual([expect.stringMatching(/^vm was suspended, and boots: /)]);
});
