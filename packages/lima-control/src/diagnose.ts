import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { withoutPrivateKeys } from "@sysinit-internal/files";

import { findCause } from "./diagnosis/find-cause.ts";
import { gatherEvidence } from "./diagnosis/evidence.ts";
import { exec } from "./exec.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance } from "./find.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { readInfo } from "./limactl/info.ts";
import { assessRunning } from "./readiness/assess.ts";
import { guestReportFile } from "./readiness/guest-report.ts";
import { copyLogs } from "./starting/log-files.ts";

const guestTexts: readonly { file: string; argv: readonly string[] }[] = [
  { file: "guest-journal.txt", argv: ["journalctl", "--boot", "--no-pager", "--lines=2000"] },
  { file: "guest-failed-units.txt", argv: ["systemctl", "list-units", "--failed", "--no-pager"] },
  { file: "guest-mounts.txt", argv: ["cat", "/proc/self/mountinfo"] },
  { file: "guest-setup.json", argv: ["cat", guestReportFile] },
  { file: "guest-setup.txt", argv: ["tail", "--bytes=1000000", "/var/log/cloud-init-output.log"] },
];
const guestTimeoutMs = 30_000;

/** Gathers what helps to understand a VM that does not do what it should; see `VmHandle.diagnose`. */
export async function diagnose(
  context: LimaContext,
  { name, dir }: { name: string; dir: string },
  into: string,
): Promise<string[]> {
  const written: string[] = [];
  const attempt = async (step: () => Promise<string | readonly string[]>): Promise<unknown> => {
    try {
      written.push(...[await step()].flat());
      return undefined;
    } catch (error) {
      // What cannot be had is missing in the directory; the rest still helps.
      return error;
    }
  };
  const writeText = async (file: string, text: string): Promise<string> => {
    const path = join(into, file);
    await writeFile(path, withoutPrivateKeys(text), { mode: 0o600 });
    return path;
  };
  const writeJson = (file: string, value: unknown): Promise<string> =>
    writeText(file, `${JSON.stringify(value, undefined, 2)}\n`);

  await attempt(async () => {
    await mkdir(into, { recursive: true, mode: 0o700 });
    return [];
  });
  await attempt(() => copyLogs(dir, into));
  let record: InstanceRecord | undefined;
  await attempt(async () => {
    record = await requireInstance(context, name);
    return await writeJson("instance.json", record);
  });
  await attempt(async () => writeJson("limactl.json", await readInfo(context)));
  await attempt(async () => {
    const readiness = record === undefined ? undefined : await assessRunning(context, record, undefined);
    const guest = readiness?.reasons ?? [];
    const evidence = await gatherEvidence(dir, { limactl: "", requirement: undefined, guest });
    return await writeJson("diagnosis.json", { readiness, cause: findCause(evidence), ...evidence });
  });
  if (record?.status !== "Running") return written;
  for (const { file, argv } of guestTexts) {
    const failure = await attempt(async () => {
      const { stdout } = await exec(context, name, argv, { user: "root", timeoutMs: guestTimeoutMs });
      return await writeText(file, stdout);
    });
    // A guest that does not answer will not answer the next question either.
    if (failure !== undefined && !LimaControlError.is(failure, "GUEST_COMMAND_FAILED")) break;
  }
  return written;
}
