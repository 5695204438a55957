import { randomUUID } from "node:crypto";
import { lstat, mkdtemp, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { syncDirectory } from "@sysinit-internal/files";

import { fileFailure, reasonOf } from "./files/file-failure.ts";
import { requireInGuest } from "./files/guest-file.ts";
import { runTar } from "./files/host-tar.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { checkGuestPath } from "./guest/check-guest-path.ts";
import type { GuestProcess } from "./handles/guest-process.ts";
import type { FileOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";
import { spawn } from "./spawn.ts";

/** Copies a file or a directory of the guest to this machine; see `RunningVm.copyOut`. */
export async function copyOut(
  context: LimaContext,
  name: string,
  guestPath: string,
  hostPath: string,
  options: FileOptions = {},
): Promise<void> {
  checkGuestPath(guestPath);
  const target = resolve(hostPath);
  const what = `${guestPath} in ${name} could not be copied to ${target}`;
  const found = await requireInGuest(context, name, guestPath, options);
  try {
    if (found.kind === "file") await copyFile(context, name, guestPath, target, found.mode, options, what);
    else await copyDirectory(context, name, guestPath, target, options, what);
  } catch (error) {
    if (LimaControlError.is(error)) throw error;
    throw fileFailure(what, reasonOf(error), { details: { path: target }, cause: error });
  }
}

async function copyFile(
  context: LimaContext,
  name: string,
  source: string,
  target: string,
  mode: number,
  { user, signal }: FileOptions,
  what: string,
): Promise<void> {
  const part = join(dirname(target), `.sysinit-${randomUUID()}`);
  const file = await open(part, "wx", 0o600);
  try {
    try {
      await using reading = spawn(context, name, ["cat", "--", source], { user, signal });
      const stderr = tailOf(reading);
      await file.writeFile(reading.stdout);
      const { exitCode } = await reading.exit;
      if (exitCode !== 0)
        throw fileFailure(what, stderr(), { details: { instance: name, exitCode, stderr: stderr() } });
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncDirectory(dirname(target));
}

async function copyDirectory(
  context: LimaContext,
  name: string,
  source: string,
  target: string,
  { user, signal }: FileOptions,
  what: string,
): Promise<void> {
  await refuseExisting(target, what);
  const part = await mkdtemp(join(dirname(target), ".sysinit-"));
  try {
    await using packing = spawn(context, name, ["tar", "-cf", "-", "-C", source, "."], { user, signal });
    const stderr = tailOf(packing);
    await runTar(what, ["-xof", "-", "-C", part], context.env, { signal, input: packing.stdout });
    const { exitCode } = await packing.exit;
    if (exitCode !== 0)
      throw fileFailure(what, stderr(), { details: { instance: name, exitCode, stderr: stderr() } });
    await refuseExisting(target, what);
    await rename(part, target);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function refuseExisting(target: string, what: string): Promise<void> {
  const isThere = await lstat(target).then(
    () => true,
    () => false,
  );
  if (isThere) throw fileFailure(what, `${target} is there already`, { details: { path: target } });
}

/** Reads the standard error of a process to its end, and gives what it last said. */
function tailOf(running: GuestProcess): () => string {
  let tail = "";
  running.stderr.setEncoding("utf8").on("data", (text: string) => (tail = `${tail}${text}`.slice(-4096)));
  return () => tail;
}
