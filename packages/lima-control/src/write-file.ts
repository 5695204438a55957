import { receiveFile } from "./files/receive-file.ts";
import { checkGuestPath } from "./guest/check-guest-path.ts";
import type { WriteFileOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";

/** Writes a file in the guest; see `RunningVm.writeFile`. */
export async function writeFile(
  context: LimaContext,
  name: string,
  path: string,
  content: string | Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  checkGuestPath(path);
  const { mode = 0o644, owner } = options;
  const bytes = Buffer.byteLength(content);
  await receiveFile(context, name, { path, content, bytes, mode, owner }, options);
}
