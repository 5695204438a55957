import { fileFailure } from "./files/file-failure.ts";
import { requireInGuest } from "./files/guest-file.ts";
import { checkGuestPath } from "./guest/check-guest-path.ts";
import type { ReadFileOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";
import { spawn } from "./spawn.ts";

const defaultMaxBytes = 64 * 1024 * 1024;

/** Reads a file of the guest into memory; see `RunningVm.readFile`. */
export async function readFile(
  context: LimaContext,
  name: string,
  path: string,
  options: ReadFileOptions = {},
): Promise<Uint8Array> {
  checkGuestPath(path);
  const { user, signal, maxBytes = defaultMaxBytes } = options;
  const what = `${path} in ${name} could not be read`;
  await using reading = spawn(context, name, ["cat", "--", path], { user, signal });
  const said = reading.stderr.setEncoding("utf8");
  let stderr = "";
  said.on("data", (text: string) => (stderr = `${stderr}${text}`.slice(-4096)));
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reading.stdout as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw fileFailure(what, `it has more than ${maxBytes} bytes`, {
        hint: "Copy it with copyOut, or allow more with maxBytes.",
        details: { instance: name, path, maxBytes },
      });
    }
    chunks.push(chunk);
  }
  const { exitCode } = await reading.exit;
  if (exitCode === 0) return Buffer.concat(chunks);
  // What cat says is in the guest's own language: whether there is a file is asked for.
  await requireInGuest(context, name, path, { user, signal });
  throw fileFailure(what, stderr, { details: { instance: name, path, exitCode } });
}
