import { randomUUID } from "node:crypto";
import { unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess, type ProcessOutcome } from "@sysinit-internal/process";

export interface ExampleRun {
  /** The package whose example it is: there the example finds the package by its own name. */
  packageDirectory: string;
  code: string;
  /** Set on top of our own environment. */
  env?: Readonly<Record<string, string>>;
  /** Where the example runs; the package directory by default. */
  cwd?: string;
  timeoutMs?: number;
}

/** Runs example code as a program of its own, against the sources of the package: no build is needed first. */
export async function runExample(run: ExampleRun): Promise<ProcessOutcome> {
  const file = join(run.packageDirectory, `.readme-example-${randomUUID()}.ts`);
  await writeFile(file, run.code, { flag: "wx" });
  try {
    return await runProcess({
      file: process.execPath,
      args: ["--disable-warning=ExperimentalWarning", "--conditions=@sysinit/source", file],
      cwd: run.cwd ?? run.packageDirectory,
      env: { ...process.env, ...run.env },
      timeoutMs: run.timeoutMs ?? 60_000,
    });
  } finally {
    await unlink(file);
  }
}
