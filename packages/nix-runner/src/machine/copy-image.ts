import { lstat, stat, unlink } from "node:fs/promises";

import { NixRunnerError } from "../errors.ts";
import type { BuildMachine } from "./build-machine.ts";

/**
 * Copies a file of a build machine to a new file here, and gives its size. One that does not come whole is removed.
 * @throws NixRunnerError MACHINE_FAILED
 */
export async function copyImage(
  machine: BuildMachine,
  source: string,
  target: string,
  signal: AbortSignal,
): Promise<number> {
  const fail = (why: string, details: Readonly<Record<string, unknown>> = {}) =>
    new NixRunnerError({
      code: "MACHINE_FAILED",
      message: `${source} could not be copied from ${machine.name}: ${why}`,
      hint: "build again; name a directory with enough space that holds no file of this name",
      details: { machine: machine.name, source, target, ...details },
    });
  const isThere = await lstat(target).catch(() => undefined);
  if (isThere !== undefined) throw fail(`${target} is there already`);
  const { stdout } = await machine.run(["stat", "-c", "%s", "--", source], { signal });
  const expectedBytes = Number(stdout.trim());
  await machine.copyOut(source, target, { signal });
  const { size } = await stat(target);
  if (size === expectedBytes) return size;
  await unlink(target);
  throw fail(`${size} of ${expectedBytes} bytes came`, { expectedBytes, bytes: size });
}
