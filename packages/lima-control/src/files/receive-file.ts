import { runCommand } from "../guest/run-command.ts";
import type { FileOptions, GuestInput } from "../handles/options.ts";
import type { LimaContext } from "../lima-context.ts";
import { fileFailure } from "./file-failure.ts";

/** A file that is to be in the guest. */
export interface IncomingFile {
  path: string;
  content: GuestInput;
  /** A connection that breaks looks like the end of the content; its length tells them apart. */
  bytes: number;
  /** Permission bits. */
  mode: number;
  /** As for chown: "user" or "user:group". */
  owner?: string | undefined;
}

// Beside the target, so that the renaming is one step. The trap does not run for the SIGKILL that follows a SIGTERM late.
const script = `
target=$1 bytes=$2 mode=$3 owner=$4
if [ -d "$target" ]; then echo "$target: is a directory" >&2; exit 1; fi
part=$(mktemp "\${target%/*}/.sysinit-XXXXXX") || exit
trap 'rm -f -- "$part"' EXIT
trap 'exit 143' HUP INT TERM
cat > "$part" || exit
received=$(wc -c < "$part") || exit
if [ "$received" -ne "$bytes" ]; then echo "$received of $bytes bytes arrived" >&2; exit 1; fi
chmod "$mode" "$part" || exit
if [ -n "$owner" ]; then chown -- "$owner" "$part" || exit; fi
mv -f -- "$part" "$target"`;

/** Has the guest take a file, so that a reader there sees the old one or the whole new one. */
export async function receiveFile(
  context: LimaContext,
  name: string,
  file: IncomingFile,
  { user, signal }: FileOptions,
): Promise<void> {
  let stderr = "";
  const argv = [
    "/bin/sh",
    "-c",
    script,
    "sh",
    file.path,
    String(file.bytes),
    file.mode.toString(8),
    file.owner ?? "",
  ];
  const { exitCode } = await runCommand(
    context,
    name,
    argv,
    { user, signal, input: file.content },
    (chunk, stream) => {
      if (stream === "stderr") stderr = `${stderr}${Buffer.from(chunk).toString()}`.slice(-4096);
    },
  );
  if (exitCode !== 0) {
    throw fileFailure(`${file.path} in ${name} could not be written`, stderr, {
      details: { instance: name, path: file.path, exitCode },
    });
  }
}
