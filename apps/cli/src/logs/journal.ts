import { createInterface } from "node:readline";

import type { RunningVm } from "@sysinit/lima-control";

/** The journal of a guest, as it comes; ends with `signal`. Throws what `spawn` throws. */
export async function journalLines(
  vm: RunningVm,
  { lines, signal, onLine }: { lines: number; signal: AbortSignal; onLine: (text: string) => void },
): Promise<void> {
  const argv = ["journalctl", "--follow", `--lines=${lines}`, "--no-hostname", "--output=short-iso"];
  const running = vm.spawn(argv, { user: "root", signal });
  const reading = (async () => {
    for await (const line of createInterface({ input: running.stdout })) onLine(line);
  })();
  const [{ exitCode }] = await Promise.all([running.exit, reading]);
  if (exitCode !== 0) throw new Error(`journalctl ended with ${exitCode}`);
}
