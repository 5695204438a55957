import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

import { findInDisk } from "./in-disk.ts";
import { findInYaml } from "./in-yaml.ts";
import { listLimaHome } from "./lima-home.ts";
import { findOpenFiles } from "./open-files.ts";
import { ReferenceCollector, type ReferenceMap, type ReferenceTarget } from "./reference.ts";
import { TargetIndex } from "./target-index.ts";
import { instanceUnreadable, Unreadable } from "./unreadable.ts";

export interface ReferenceOptions {
  /** Homes of Lima: their instances, disks, templates and configuration are looked at. */
  limaHomes: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

/** Files of an instance that are, or were, disks of it (pkg/limatype/filenames, 1.0 to 2.2). */
const diskNames = ["disk", "diffdisk", "basedisk", "image", "iso"];

/**
 * Who needs which image: instances by their disks and by their lima.yaml, templates, hard links, running programs.
 *
 * @throws ImageStoreError INSTANCE_UNREADABLE when anything that may need an image cannot be read
 */
export async function findReferences(
  targets: readonly ReferenceTarget[],
  options: ReferenceOptions,
): Promise<ReferenceMap> {
  const collector = new ReferenceCollector(targets);
  const index = await TargetIndex.of(targets);
  const problems: { by: string; problem: Unreadable }[] = [];
  const reading = async (by: string, path: string, read: () => Promise<void>) => {
    await read().catch((error: unknown) => problems.push({ by, problem: Unreadable.from(error, path) }));
  };

  const readHome = async (limaHome: string) => {
    const { instances, templates, disks } = await listLimaHome(limaHome);
    for (const { name, directory } of instances) {
      const by = `instance ${name}`;
      await reading(by, directory, () => readDisks(by, directory, index, collector));
      await reading(by, directory, () => readInstanceYaml(by, directory, index, collector, options.env));
    }
    for (const { name, directory } of disks)
      await reading(`disk ${name}`, directory, () => readDisks(`disk ${name}`, directory, index, collector));
    for (const file of templates) {
      const by = `template ${basename(file)}`;
      await reading(by, file, async () => {
        for (const { target, kind } of await findInYaml(file, index, options.env))
          collector.add(target, { strength: "soft", kind, by, source: file });
      });
    }
  };
  for (const limaHome of options.limaHomes)
    await reading(`Lima's home ${limaHome}`, limaHome, () => readHome(limaHome));
  if (problems.length > 0) throw instanceUnreadable(problems);
  await readHardLinks(targets, collector);
  await readOpenFiles(targets, collector);
  return collector.found;
}

async function readDisks(
  by: string,
  directory: string,
  index: TargetIndex,
  collector: ReferenceCollector,
): Promise<void> {
  for (const name of await readdir(directory)) {
    const source = join(directory, name);
    const stats = await lstat(source);
    const mayBeDisk = stats.isSymbolicLink() || [...diskNames, "datadisk"].includes(name);
    const targets = mayBeDisk ? await findInDisk(source, index) : [index.sameFile(stats)];
    for (const target of targets) {
      if (target !== undefined) collector.add(target, { strength: "hard", kind: "disk", by, source });
    }
  }
}

// A location is hard: a factory reset, or making the instance again, reads it.
async function readInstanceYaml(
  by: string,
  directory: string,
  index: TargetIndex,
  collector: ReferenceCollector,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const source = join(directory, "lima.yaml");
  // Lima makes the directory first: an instance that is just being made has no lima.yaml yet.
  for (const { target, kind } of await findInYaml(source, index, env))
    collector.add(target, { strength: kind === "location" ? "hard" : "soft", kind, by, source });
}

async function readHardLinks(
  targets: readonly ReferenceTarget[],
  collector: ReferenceCollector,
): Promise<void> {
  for (const target of targets) {
    for (const file of target.files) {
      const stats = await lstat(file).catch(() => undefined);
      if (stats !== undefined && stats.nlink > 1)
        collector.add(target, {
          strength: "hard",
          kind: "hard-link",
          by: "another name of the file",
          source: file,
        });
    }
  }
}

async function readOpenFiles(
  targets: readonly ReferenceTarget[],
  collector: ReferenceCollector,
): Promise<void> {
  const open = await findOpenFiles();
  for (const target of targets) {
    for (const file of target.files) {
      for (const pid of open.get(file) ?? [])
        collector.add(target, { strength: "hard", kind: "open-file", by: `process ${pid}`, source: file });
    }
  }
}
