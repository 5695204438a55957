import { runProcess } from "@sysinit-internal/process";

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error("no values, no median");
  return sorted.length % 2 === 1 ? upper : (upper + sorted[middle - 1]!) / 2;
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

export function rounded(values: readonly number[], digits = 1): number[] {
  return values.map((value) => Number(value.toFixed(digits)));
}

/** The first argument of a bench: how often each side is measured. */
export function roundsOf(args: readonly string[], byDefault: number): number {
  const rounds = Number(args[0] ?? byDefault);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`ROUNDS is '${args[0]}', not a positive number`);
  return rounds;
}

/** How long a program runs, in milliseconds; throws unless it ends with 0. */
export async function millisecondsOf(
  file: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<number> {
  const { exitCode, durationMs, stderr } = await runProcess({ file, args, env });
  if (exitCode !== 0) throw new Error(`${[file, ...args].join(" ")} ended with ${exitCode}: ${stderr}`);
  return durationMs;
}
