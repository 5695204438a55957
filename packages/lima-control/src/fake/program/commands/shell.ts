import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Fatal } from "../fatal.ts";
import { exists, fileOf, said, statusOf, templateOf } from "../instance.ts";
import { faults, programs } from "../settings.ts";

/** `shell --workdir DIRECTORY NAME [COMMAND…]`: runs the command on this machine, with little of its environment. */
export async function shell([, workdir = "/", name = "", ...words]: readonly string[]): Promise<number> {
  if (!exists(name)) {
    throw new Fatal(
      `instance ${said(name)} does not exist, run \`limactl create ${name}\` to create a new instance`,
    );
  }
  if (statusOf(name) !== "Running") {
    throw new Fatal(`instance ${said(name)} is stopped, run \`limactl start ${name}\` to start the instance`);
  }
  const { ssh } = faults();
  if (ssh === "refused") {
    process.stderr.write("ssh: connect to host 127.0.0.1 port 60022: Connection refused\r\n");
    return 255;
  }
  if (ssh === "hangs") await sleep(2 ** 31 - 1);

  const [file, args] = asProgram(words);
  const guest = spawn(
    "/bin/sh",
    ["-c", 'cd -- "$1" || exit 1; shift; exec "$@"', "sh", workdir, file, ...args],
    {
      env: guestEnvironment(name),
      stdio: "inherit",
    },
  );
  const [status] = (await once(guest, "exit")) as [number | null];
  return status ?? 255;
}

/** limactl takes leading words with a `=` for the environment, and no words for the login shell. */
function asProgram(words: readonly string[]): [string, string[]] {
  if (words.length === 0) return ["/bin/sh", ["-l"]];
  return words[0]!.includes("=") ? ["env", [...words]] : [words[0]!, words.slice(1)];
}

function guestEnvironment(name: string): Record<string, string> {
  const home = fileOf(name, "guest-home");
  mkdirSync(home, { recursive: true });
  const { user, mounts, plain } = templateOf(name);
  const made = plain === true || faults().mounts === "missing" ? [] : mounts;
  const lines = made.map(({ mountPoint }) => `1 1 0:1 / ${escaped(mountPoint)} rw - 9p lima rw\n`);
  return {
    HOME: home,
    LANG: "C.UTF-8",
    PATH: [programs(), ...hostPath()].join(":"),
    SHELL: "/bin/sh",
    USER: user.name,
    SYSINIT_LIMA_FAKE_MOUNTS: lines.join(""),
  };
}

/** A shell says 126, not 127, of a program that is not there when it may not look into all of PATH. */
function hostPath(): string[] {
  return (process.env["PATH"] ?? "/usr/bin:/bin").split(":").filter((directory) => {
    try {
      accessSync(directory, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** As in /proc/self/mountinfo. */
const escaped = (path: string) =>
  path.replace(/[\s\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
