import { open, stat, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";

import { exec } from "./exec.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { fileFailure, reasonOf } from "./files/file-failure.ts";
import { lookInGuest } from "./files/guest-file.ts";
import { runTar } from "./files/host-tar.ts";
import { receiveFile } from "./files/receive-file.ts";
import { checkGuestPath } from "./guest/check-guest-path.ts";
import { Outlet } from "./guest/outlet.ts";
import { runCommand } from "./guest/run-command.ts";
import type { FileOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";

/** Copies a file or a directory of this machine into the guest; see `RunningVm.copyIn`. */
export async function copyIn(
  context: LimaContext,
  name: string,
  hostPath: string,
  guestPath: string,
  options: FileOptions = {},
): Promise<void> {
  checkGuestPath(guestPath);
  throwIfAborted(`copying to ${name}`, options.signal);
  const source = resolve(hostPath);
  const found = await stat(source).catch((cause: NodeJS.ErrnoException) => {
    throw new LimaControlError({
      code: cause.code === "ENOENT" ? "FILE_NOT_FOUND" : "FILE_FAILED",
      message: `${source} cannot be copied: ${cause.message}`,
      details: { path: source },
      cause,
    });
  });
  if (found.isFile()) return await copyFile(context, name, source, guestPath, options);
  if (found.isDirectory()) return await copyDirectory(context, name, source, guestPath, options);
  throw fileFailure(`${source} cannot be copied`, "it is neither a file nor a directory");
}

async function copyFile(
  context: LimaContext,
  name: string,
  source: string,
  path: string,
  options: FileOptions,
): Promise<void> {
  const file = await open(source).catch((cause: unknown) => {
    throw fileFailure(`${source} cannot be copied`, reasonOf(cause), { details: { path: source }, cause });
  });
  try {
    const { size: bytes, mode } = await file.stat();
    // One that grows meanwhile is copied as long as it was.
    const content = firstBytes(file, bytes);
    await receiveFile(context, name, { path, content, bytes, mode: mode & 0o777 }, options);
  } finally {
    await file.close();
  }
}

async function* firstBytes(file: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(Math.min(left, 256 * 1024)) });
    if (bytesRead === 0) return;
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

// Unpacked beside the target, and named by it in a call of its own: only after all of it has come.
const unpackScript = `
part=$(mktemp -d "\${1%/*}/.sysinit-XXXXXX") || exit
echo "$part"
exec tar -xof - -C "$part"`;
const nameScript = 'if [ -e "$2" ]; then echo "$2 is there already" >&2; exit 1; fi; mv -- "$1" "$2"';

async function copyDirectory(
  context: LimaContext,
  name: string,
  source: string,
  target: string,
  options: FileOptions,
): Promise<void> {
  const what = `${source} could not be copied to ${target} in ${name}`;
  const { user, signal } = options;
  if ((await lookInGuest(context, name, target, options)).kind !== "absent") {
    throw fileFailure(what, `${target} is there already`, { details: { instance: name, path: target } });
  }
  const archive = new Outlet();
  const stopPacking = new AbortController();
  const input = archive.stream;
  const packing = runTar(what, ["-cf", "-", "-C", source, "."], context.env, {
    signal: stopPacking.signal,
    onChunk: (chunk, stream) => (stream === "stdout" ? archive.write(chunk) : undefined),
  });
  packing.then(
    () => archive.close(),
    (error: unknown) => archive.close(error),
  );
  const said = { stdout: "", stderr: "" };
  const unpacking = runCommand(
    context,
    name,
    ["/bin/sh", "-c", unpackScript, "sh", target],
    { user, signal, input },
    (chunk, stream) => {
      said[stream] = `${said[stream]}${Buffer.from(chunk).toString()}`.slice(-8192);
    },
  );
  try {
    const unpacked = await unpacking.catch(async (error: unknown) => {
      // A tar that failed on this side ends the other one: it is what there is to tell.
      if (LimaControlError.is(error, "INPUT_FAILED")) await packing;
      throw error;
    });
    if (unpacked.exitCode !== 0)
      throw fileFailure(what, said.stderr, { details: { ...unpacked, stderr: said.stderr } });
    await packing;
    await exec(context, name, ["/bin/sh", "-c", nameScript, "sh", said.stdout.replace(/\n$/, ""), target], {
      user,
      signal,
    });
  } catch (error) {
    stopPacking.abort();
    const part = said.stdout.replace(/\n$/, "");
    if (part !== "") await exec(context, name, ["rm", "-rf", "--", part], { user }).catch(() => {});
    if (LimaControlError.is(error, "GUEST_COMMAND_FAILED")) {
      throw fileFailure(what, String(error.details["stderr"]), { cause: error });
    }
    throw error;
  }
}
