import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { installFakeLimactl, type FakeLimactl } from "@sysinit/lima-control/fake";
import { installImage } from "@sysinit/image-store";

/** `up` and `run` refuse root, as limactl does. */
export const isRoot = process.geteuid?.() === 0;

/** A machine that seems to have all that a VM needs: the fake limactl, and a QEMU that is only asked for its version. */
export interface StandInHost extends AsyncDisposable {
  fake: FakeLimactl;
  /** A folder for the test, with the home directory in it. */
  work: string;
  env: Record<string, string | undefined>;
  /** Makes a git work tree with that lima-cli.yaml and returns its folder. */
  project(name: string, config: string): Promise<string>;
}

/** Installs it, with the image `lima-minimal` in its store. */
export async function standInHost(): Promise<StandInHost> {
  const work = await realpath(await mkdtemp(join(tmpdir(), "host-")));
  const fake = await installFakeLimactl();
  const bin = join(fake.directory, "bin");
  const home = join(work, "home");
  await mkdir(home);
  const programs = {
    "qemu-system-x86_64": "echo QEMU emulator version 10.0.0",
    "qemu-system-aarch64": "echo QEMU emulator version 10.0.0",
    "qemu-img": "exit 1",
    "ssh-keygen": "exit 1",
  };
  for (const [name, line] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`);
    await chmod(join(bin, name), 0o755);
  }
  await mkdir(join(fake.directory, "share/qemu"), { recursive: true });
  for (const arch of ["x86_64", "aarch64"])
    await writeFile(join(fake.directory, `share/qemu/edk2-${arch}-code.fd`), "");
  const env = {
    ...fake.options.env,
    HOME: home,
    XDG_CONFIG_HOME: undefined,
    LIMA_HOME: fake.options.home,
    QEMU_SYSTEM_X86_64: "qemu-system-x86_64 -machine q35,accel=tcg",
    QEMU_SYSTEM_AARCH64: "qemu-system-aarch64 -machine virt,accel=tcg",
  };
  const disk = join(work, "disk.raw");
  await writeFile(disk, smallDisk());
  await installImage({ directory: join(fake.options.home, "_images"), name: "lima-minimal", source: disk });
  return {
    fake,
    work,
    env,
    async project(name, config) {
      const folder = join(work, name);
      await mkdir(join(folder, ".git"), { recursive: true });
      await writeFile(join(folder, "lima-cli.yaml"), config);
      return folder;
    },
    async [Symbol.asyncDispose]() {
      const lima = createLima({ ...fake.options, env });
      for (const { name } of await lima.list()) await (await lima.attach(name)).delete();
      await fake.remove();
      await rm(work, { recursive: true, force: true });
    },
  };
}

/** What the store takes for a raw disk: one megabyte with the signature of a partition table. */
export function smallDisk(): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  disk.writeUInt16BE(0x55aa, 510);
  return disk;
}
