import type { OutputFiles } from "../image/output-files.ts";
import type { BuildMachine } from "./build-machine.ts";

const kindScript =
  'if [ -f "$1" ]; then echo file; elif [ -d "$1" ]; then echo directory; elif [ -e "$1" ]; then echo other; fi';

/** The files of another machine, by the programs of POSIX and `readlink -f`, `head -c`, `base64`, `find -print0`. */
export function machineFiles(machine: BuildMachine, signal: AbortSignal): OutputFiles {
  /** What a command writes, or undefined when it fails. */
  const ask = async (...argv: string[]): Promise<string | undefined> => {
    const { exitCode, stdout } = await machine.run(argv, { signal });
    return exitCode === 0 ? stdout : undefined;
  };
  const kind: OutputFiles["kind"] = async (path) => {
    const said = (await ask("/bin/sh", "-c", kindScript, "sh", path))?.trim();
    return said === "file" || said === "directory" || said === "other" ? said : undefined;
  };
  return {
    kind,
    realPath: async (path) =>
      (await kind(path)) === undefined
        ? undefined
        : (await ask("readlink", "-f", "--", path))?.replace(/\n$/, ""),
    list: async (directory) => {
      const found = await ask(
        ...["find", directory, "-mindepth", "1", "-maxdepth", "2"],
        ...["(", "-type", "f", "-o", "-type", "l", ")", "-print0"],
      );
      return (found ?? "").split("\0").filter(Boolean);
    },
    text: (path) => ask("cat", "--", path),
    head: async (path, bytes) => {
      const encoded = await ask("/bin/sh", "-c", 'head -c "$2" -- "$1" | base64', "sh", path, String(bytes));
      return Buffer.from(encoded ?? "", "base64");
    },
  };
}
