import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";

import type { RunningVm } from "@sysinit/lima-control";
import { withoutPrivateKeys } from "@sysinit-internal/files";
import type { Output } from "@sysinit-internal/terminal";

import { writeManifest } from "./manifest.ts";

/**
 * Where the logs of a run go. Made when the first one comes. Whatever comes in, by `finish` there is no private key in it
 * and a manifest says what there is.
 */
export class ArtifactFolder {
  readonly directory: string;
  #round: number | undefined;
  readonly #taken = new Set<string>();

  constructor(directory: string) {
    this.directory = directory;
  }

  /** What comes from now on belongs to this round of a repeated run. */
  beginRound(round: number | undefined): void {
    this.#round = round;
  }

  /** The logs of a VM, and what its guest tells of itself. */
  async collect(vm: Pick<RunningVm, "diagnose">, output: Output): Promise<void> {
    for (const file of await vm.diagnose(await this.#here())) {
      this.#taken.add(file);
      output.say(`log: ${file}`);
    }
  }

  async write(name: string, text: string): Promise<string> {
    const file = join(await this.#here(), name);
    await writeFile(file, withoutPrivateKeys(text), { mode: 0o600 });
    this.#taken.add(file);
    return file;
  }

  /** Takes copies of log files; what is gone already cannot be had. */
  async copy(files: readonly string[]): Promise<void> {
    for (const file of files) {
      const copy = join(await this.#here(), basename(file));
      await copyFile(file, copy).then(
        () => this.#taken.add(copy),
        () => undefined,
      );
    }
  }

  /** Takes private keys out of what has come in, and writes the manifest. Does nothing when nothing came. */
  async finish(): Promise<void> {
    if (this.#taken.size === 0) return;
    for (const file of this.#taken) {
      const text = await readFile(file, "latin1").catch(() => "");
      const clean = withoutPrivateKeys(text);
      if (clean !== text) await writeFile(file, clean, "latin1");
    }
    await writeManifest(
      this.directory,
      [...this.#taken].map((file) => relative(this.directory, file)).toSorted(),
    );
  }

  async #here(): Promise<string> {
    const here = this.#round === undefined ? this.directory : join(this.directory, `round-${this.#round}`);
    await mkdir(here, { recursive: true, mode: 0o700 });
    return here;
  }
}
