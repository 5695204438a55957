import { join } from "node:path";
import { runProcess } from "@sysinit-internal/process";
import { expect } from "vitest";

import type { PullOptions, PullResult, PushOptions, PushResult } from "../../src/index.ts";

const fixture = (name: string) => join(import.meta.dirname, "../fixtures", name);
const node = [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--conditions=@sysinit/source",
] as const;

/** The command line of a program that pulls. */
export function pullCommand(
  options: PullOptions & { stopAtBytes?: number; stopAtStep?: string },
): [string, ...string[]] {
  return [...node, fixture("pull-until.ts"), JSON.stringify(options)];
}

/** The command line of a program that pushes. */
export function pushCommand(options: PushOptions): [string, ...string[]] {
  return [...node, fixture("push-once.ts"), JSON.stringify(options)];
}

/** What such a program prints. */
export type Report = Partial<PullResult & PushResult> & {
  code?: string;
  message?: string;
  maxMemoryBytes: number;
};

/** Runs one of the above to its end. */
export async function runProgram(
  [file, ...args]: [string, ...string[]],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Report> {
  const { stdout, stderr } = await runProcess({ file, args, env: { ...process.env, ...env } });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Report;
}
