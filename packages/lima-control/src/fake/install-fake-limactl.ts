import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { quoted } from "../quoted.ts";
import {
  directoryVariable,
  faultsFile,
  programsDirectory,
  versionFile,
  type FakeProgram,
  type Faults,
} from "./faults.ts";

export interface FakeLimactlOptions {
  /** Where it is installed; by default a new temporary directory, which must be short enough for sockets. */
  directory?: string | undefined;
  /** Which limactl it plays; "2.2.0" by default. */
  version?: string | undefined;
  faults?: Faults | undefined;
}

/** An installed fake. At the end of `await using` it is removed; delete its VMs first. */
export interface FakeLimactl extends AsyncDisposable {
  /** The executable. */
  readonly limactl: string;
  readonly directory: string;
  /** For `createLima`: the executable and an ssh beside it, a LIMA_HOME of its own, and no search for an accelerator. */
  readonly options: {
    limactl: string;
    home: string;
    env: Readonly<Record<string, string | undefined>>;
    accelerator: { kind: "tcg"; hardware: false; reason: string; env: Record<string, string> };
  };
  /** What goes wrong from now on, in place of what did before. */
  setFaults(faults: Faults): Promise<void>;
  /** Puts a program into all guests, before those of this machine of the same name. */
  addProgram(name: string, program: FakeProgram): Promise<void>;
  /** Removes it, with its LIMA_HOME. */
  remove(): Promise<void>;
}

/**
 * Installs a limactl without VMs: a real program that keeps its instances in LIMA_HOME as limactl does. Its guests are
 * no sandbox: a command in one runs on this machine, as this user, unless `addProgram` gave it to the guest.
 */
export async function installFakeLimactl(options: FakeLimactlOptions = {}): Promise<FakeLimactl> {
  const directory = options.directory ?? (await mkdtemp(join(shortTemporaryDirectory(), "fl-")));
  const limactl = join(directory, "bin/limactl");
  const programs = join(directory, programsDirectory);
  const home = join(directory, "h");
  for (const made of ["bin", "share/lima", programsDirectory, "h"]) {
    await mkdir(join(directory, made), { recursive: true });
  }
  await writeExecutable(limactl, launcher(directory));
  await writeExecutable(join(directory, "bin/ssh"), `exec ${quoted(limactl)} ssh "$@"`);
  await writeFile(join(directory, versionFile), options.version ?? "2.2.0");
  for (const arch of ["x86_64", "aarch64"]) {
    await writeFile(join(directory, "share/lima", `lima-guestagent.Linux-${arch}.gz`), "");
  }
  // A guest lets its user become root; here that is still the same user.
  await writeExecutable(join(programs, "sudo"), `while [ "\${1#-}" != "$1" ]; do shift; done\nexec "$@"`);
  await writeExecutable(join(programs, "cat"), catWithMounts);

  const setFaults = async (faults: Faults) => {
    const file = join(directory, faultsFile);
    await writeFile(`${file}.new`, JSON.stringify(faults));
    await rename(`${file}.new`, file);
  };
  await setFaults(options.faults ?? {});
  const remove = () => rm(directory, { recursive: true, force: true });
  return {
    limactl,
    directory,
    options: {
      limactl,
      home,
      env: { ...process.env, PATH: `${join(directory, "bin")}:${process.env["PATH"] ?? ""}` },
      accelerator: { kind: "tcg", hardware: false, reason: "a fake runs nothing", env: {} },
    },
    setFaults,
    async addProgram(name, { exitCode = 0, stdout = "", stderr = "" }) {
      const text = `printf %s ${quoted(stdout)}\nprintf %s ${quoted(stderr)} >&2\nexit ${exitCode}`;
      await writeExecutable(join(programs, name), text);
    },
    remove,
    [Symbol.asyncDispose]: remove,
  };
}

// That of macOS alone takes half of what the path of a socket may have.
function shortTemporaryDirectory(): string {
  return Buffer.byteLength(tmpdir()) > 20 ? "/tmp" : tmpdir();
}

// Installed from source in our own tests, from the built package elsewhere.
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const program = fileURLToPath(new URL(`./program/limactl.${extension}`, import.meta.url));

function launcher(directory: string): string {
  const node = [process.execPath, "--disable-warning=ExperimentalWarning", program].map(quoted).join(" ");
  return `${directoryVariable}=${quoted(directory)}\nexport ${directoryVariable}\nexec ${node} "$@"`;
}

// The kernel's table knows no mount of a guest that is none.
const catWithMounts = `
PATH=\${PATH#*:}
cat "$@" || exit
if [ "$*" = /proc/self/mountinfo ]; then printf %s "\${SYSINIT_LIMA_FAKE_MOUNTS-}"; fi`;

async function writeExecutable(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}
