import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findCause } from "./diagnosis/find-cause.ts";
import { gatherEvidence } from "./diagnosis/evidence.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import { copyLogs } from "./starting/log-files.ts";

const guestTexts: readonly { file: string; argv: readonly string[] }[] = [
  { file: "guest-journal.txt", argv: ["journalctl", "--boot", "--no-pager", "--lines=2000"] },
  { file: "guest-failed-units.txt", argv: ["systemctl", "list-units", "--failed", "--no-pager"] },
  { file: "guest-mounts.txt", argv: ["cat", "/proc/self/mountinfo"] },
];

/** Gathers what helps to understand a VM that does not do what it should; see `RunningVm.diagnose`. */
export async function diagnose(_context: LimaContext, vm: RunningVm, into: string): Promise<string[]> {
  const written: string[] = [];
  const attempt = async (step: () => Promise<string | readonly string[]>): Promise<void> => {
    try {
      written.push(...[await step()].flat());
    } catch {
      // What cannot be had is missing in the directory; the rest still helps.
    }
  };
  const writeText = async (file: string, text: string): Promise<string> => {
    const path = join(into, file);
    await writeFile(path, text);
    return path;
  };

  await attempt(async () => {
    await mkdir(into, { recursive: true });
    return [];
  });
  await attempt(() => copyLogs(vm.dir, into));
  await attempt(async () =>
    writeText("instance.json", `${JSON.stringify(await vm.inspect(), undefined, 2)}\n`),
  );
  await attempt(async () => {
    const evidence = await gatherEvidence(vm.dir, { limactl: "", requirement: undefined });
    const found = { readiness: vm.readiness, cause: findCause(evidence), ...evidence };
    return await writeText("diagnosis.json", `${JSON.stringify(found, undefined, 2)}\n`);
  });
  for (const { file, argv } of guestTexts) {
    await attempt(async () => {
      const { stdout } = await vm.exec(argv, { user: "root", timeoutMs: 60_000 });
      return await writeText(file, stdout);
    });
  }
  return written;
}
