import { cp } from "node:fs/promises";
import { runProcess } from "@sysinit-internal/process";

import type { BuildMachine } from "../src/index.ts";

/** This machine, as one that builds for us: real nix and real files without a VM. */
export function thisMachine(changes: Partial<BuildMachine> & { env?: NodeJS.ProcessEnv } = {}): BuildMachine {
  const { env = process.env, ...others } = changes;
  return {
    name: "the other machine",
    run: async (argv, { signal, onLine }) => {
      const [file, ...args] = argv as [string, ...string[]];
      const { reason, exitCode, stdout, stderr } = await runProcess({
        file,
        args,
        env,
        signal,
        onLine,
        stopSteps: [
          { signal: "SIGINT", graceMs: 2000 },
          { signal: "SIGINT", graceMs: 8000 },
          { signal: "SIGTERM", graceMs: 5000 },
        ],
      });
      if (reason === "aborted") throw signal?.reason ?? new Error("aborted");
      return { exitCode: exitCode ?? 127, stdout, stderr };
    },
    copyIn: (path, machinePath) => cp(path, machinePath, { recursive: true, verbatimSymlinks: true }),
    copyOut: (machinePath, path) => cp(machinePath, path),
    ...others,
  };
}
