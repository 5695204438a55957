import { copyFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "vitest";

import {
  adoptImage,
  ImageStoreError,
  installImage,
  listImages,
  planPrune,
  prune,
  removeImage,
  repairStore,
  rollbackImage,
  useImage,
  verifyImages,
} from "../../src/index.ts";
import { sha256Of, writeImage } from "../images.ts";
import { killedAt } from "../program.ts";
import { makeInstance } from "../store.ts";
import { Model, type ModelGeneration } from "./model.ts";
import { names, type ModelName, type Operation } from "./operations.ts";

/** A real store with its model: each operation is done to both, and both have to agree. */
export class World {
  readonly #model = new Model();
  readonly #home: string;
  readonly #directory: string;
  readonly #env: { HOME: string; LIMA_HOME: string };
  readonly #contents: { path: string; sha256: string }[];
  #counter = 0;

  constructor(home: string) {
    this.#home = home;
    this.#directory = join(home, "_images");
    this.#env = { HOME: home, LIMA_HOME: home };
    this.#contents = Array.from({ length: 6 }, (_, index) => {
      const path = writeImage(join(home, `_content-${index}`), 20 * 1024);
      return { path, sha256: sha256Of(path) };
    });
  }

  async do(operation: Operation): Promise<void> {
    switch (operation.do) {
      case "install":
        return await this.#install(operation);
      case "use":
        return await this.#use(operation.name, operation.nth);
      case "rollback":
        return await this.#rollback(operation.name);
      case "remove":
        return await this.#remove(operation.name, operation.nth);
      case "remove-all":
        return await this.#removeAll(operation.name);
      case "prune":
        return await this.#prune(operation.keepNewest, operation.only);
      case "put-file":
        return void this.#putFile(operation.name, operation.content);
      case "adopt":
        return await this.#adopt(operation.name, operation.content);
      case "lose-link":
      case "bend-link":
        return this.#breakLink(operation.name, operation.do);
      case "make-instance":
        return this.#makeInstance(operation.name, operation.nth, operation.by);
      case "delete-instance":
        return this.#deleteInstance();
      case "repair":
        return await this.#repair();
      case "verify":
        return await this.checkContents();
      case "move-store":
        return this.#moveStore();
      case "kill-install":
        return await this.#killInstall(operation.name, operation.step);
      case "kill-remove":
        return await this.#killRemove(operation.name, operation.nth, operation.step);
    }
  }

  /** What the store says of itself is what the model says. */
  async check(): Promise<void> {
    const listed = await listImages({ directory: this.#directory });
    const expected = [...names].sort().flatMap((name) => {
      const { generations, current } = this.#model.of(name);
      return generations
        .toReversed()
        .map(({ number, file, sha256, raw }) => [name, number, file, sha256, raw, number === current]);
    });
    expect(
      listed.map((image) => [
        image.name,
        image.generation,
        image.file,
        image.sha256,
        image.raw !== undefined,
        image.latest,
      ]),
    ).toEqual(expected);
  }

  /** All bytes are what they were, of images and of the user's files. */
  async checkContents(): Promise<void> {
    const results = await verifyImages({ directory: this.#directory });
    const links = /latest link|leads to/;
    expect(results.flatMap(({ problems }) => problems.filter((problem) => !links.test(problem)))).toEqual([]);
    for (const [path, sha256] of this.#model.userFiles) expect(sha256Of(path)).toBe(sha256);
  }

  async #install({ name, content, withRaw, year }: Extract<Operation, { do: "install" }>): Promise<void> {
    const { path, sha256 } = this.#contents[content]!;
    const now = new Date(Date.UTC(year, 5));
    const { image, outcome } = await installImage({
      directory: this.#directory,
      name,
      source: path,
      withRaw,
      now,
    });
    const model = this.#model.of(name);
    const known = [
      model.generations.find(({ number }) => number === model.current),
      model.generations.at(-1),
    ];
    const same = known.find((generation) => generation?.sha256 === sha256);
    if (same === undefined) {
      this.#model.add(name, { file: image.file, sha256, raw: withRaw });
      model.current = model.highest;
      expect([outcome, image.generation]).toEqual(["installed", model.highest]);
      return;
    }
    const changes = same.number !== model.current || (withRaw && !same.raw);
    same.raw ||= withRaw;
    model.current = same.number;
    expect([outcome, image.generation]).toEqual([changes ? "installed" : "unchanged", same.number]);
  }

  async #use(name: ModelName, nth: number): Promise<void> {
    const chosen = this.#choose(name, nth);
    const outcome = await code(
      useImage({ directory: this.#directory, name, generation: chosen?.number ?? 9999 }),
    );
    expect(outcome).toBe(chosen === undefined ? "IMAGE_NOT_FOUND" : "done");
    if (chosen !== undefined) this.#model.of(name).current = chosen.number;
  }

  async #rollback(name: ModelName): Promise<void> {
    const model = this.#model.of(name);
    const older = model.generations.filter(({ number }) => number < (model.current ?? 0)).at(-1);
    const expected =
      model.generations.length === 0
        ? "IMAGE_NOT_FOUND"
        : model.current === undefined
          ? "NO_LATEST"
          : older === undefined
            ? "NO_OLDER_GENERATION"
            : "done";
    expect(await code(rollbackImage({ directory: this.#directory, name }))).toBe(expected);
    if (expected === "done") model.current = older!.number;
  }

  async #remove(name: ModelName, nth: number): Promise<void> {
    const chosen = this.#choose(name, nth);
    const options = { directory: this.#directory, name, generation: chosen?.number ?? 9999, env: this.#env };
    const expected =
      chosen === undefined
        ? "IMAGE_NOT_FOUND"
        : chosen.number === this.#model.of(name).current
          ? "IMAGE_IS_CURRENT"
          : this.#model.isNeeded(chosen)
            ? "IMAGE_NEEDED"
            : "done";
    expect(await code(removeImage(options))).toBe(expected);
    if (expected === "done") this.#model.remove(name, [chosen!.number]);
  }

  async #removeAll(name: ModelName): Promise<void> {
    const { generations } = this.#model.of(name);
    const needed = generations.some((generation) => this.#model.isNeeded(generation));
    const expected = generations.length === 0 ? "IMAGE_NOT_FOUND" : needed ? "IMAGE_NEEDED" : "done";
    const options = { directory: this.#directory, name, generation: "all" as const, env: this.#env };
    expect(await code(removeImage(options))).toBe(expected);
    if (expected === "done")
      this.#model.remove(
        name,
        generations.map(({ number }) => number),
      );
  }

  async #prune(keepNewest: number, only: ModelName | undefined): Promise<void> {
    const plan = await planPrune({
      directory: this.#directory,
      keepNewest,
      env: this.#env,
      ...(only && { name: only }),
    });
    const { removed, failed } = await prune({ plan, env: this.#env });
    const told = (list: [string, number][]) => list.map(([name, number]) => `${name} ${number}`).sort();
    const expected = (only === undefined ? names : [only]).flatMap((name) =>
      this.#model.prunable(name, keepNewest).map((number): [string, number] => [name, number]),
    );
    expect(told(removed.map((image) => [image.name, image.generation]))).toEqual(told(expected));
    expect(failed).toEqual([]);
    for (const [name, number] of expected) this.#model.remove(name as ModelName, [number]);
  }

  #putFile(name: ModelName, content: number): string {
    // The store may not be there yet: a script would make it.
    const file = join(this.#directory, `sysinit-${name}-20200101-000000-${++this.#counter + 1000}.qcow2`);
    const { path, sha256 } = this.#contents[content]!;
    copyInto(path, file);
    this.#model.userFiles.set(file, sha256);
    return file;
  }

  async #adopt(name: ModelName, content: number): Promise<void> {
    const file = this.#putFile(name, content);
    this.#model.userFiles.delete(file);
    const { image } = await adoptImage({ directory: this.#directory, file });
    this.#model.add(name, { file, sha256: this.#contents[content]!.sha256, raw: false });
    const model = this.#model.of(name);
    model.current ??= model.highest;
    expect(image.generation).toBe(model.highest);
  }

  #breakLink(name: ModelName, how: "lose-link" | "bend-link"): void {
    const model = this.#model.of(name);
    if (model.current === undefined) return;
    const link = join(this.#directory, `sysinit-${name}-latest.qcow2`);
    unlinkSync(link);
    if (how === "bend-link") symlinkSync("/nowhere", link);
    model.current = undefined;
  }

  #makeInstance(name: ModelName, nth: number, by: "path" | "digest"): void {
    const chosen = this.#choose(name, nth);
    if (chosen === undefined || this.#model.instances.size >= 4) return;
    const instance = `instance-${++this.#counter}`;
    const { file, sha256 } = chosen;
    const image = by === "path" ? { location: file } : { location: "/elsewhere", digest: `sha256:${sha256}` };
    makeInstance(this.#home, instance, { yaml: JSON.stringify({ images: [image] }) });
    this.#model.instances.set(instance, by === "path" ? { path: file } : { digest: sha256 });
  }

  #deleteInstance(): void {
    const [instance] = this.#model.instances.keys();
    if (instance === undefined) return;
    rmSync(join(this.#home, instance), { recursive: true });
    this.#model.instances.delete(instance);
  }

  async #repair(): Promise<void> {
    const { findings } = await repairStore({ directory: this.#directory });
    const unrecorded = findings.filter(({ kind }) => kind === "unrecorded-image").map(({ path }) => path);
    expect(unrecorded.sort()).toEqual([...this.#model.userFiles.keys()].sort());
    for (const name of names) {
      const model = this.#model.of(name);
      model.current ??= model.generations.at(-1)?.number;
    }
  }

  /** Away and back: nothing in it depends on where it is. */
  #moveStore(): void {
    const away = `${this.#directory}-away`;
    try {
      renameSync(this.#directory, away);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    renameSync(away, this.#directory);
  }

  async #killInstall(name: ModelName, step: string): Promise<void> {
    const source = writeImage(join(this.#home, "_fresh"), 20 * 1024);
    const sha256 = sha256Of(source);
    const before = new Set((await listImages({ directory: this.#directory })).map(({ file }) => file));
    await killedAt("install", { directory: this.#directory, name, source }, step);
    const [added] = (await listImages({ directory: this.#directory })).filter(
      ({ file }) => !before.has(file),
    );
    expect(added !== undefined).toBe(["recorded", "flipped", "cleaned"].includes(step));
    if (added !== undefined) {
      this.#model.add(name, { file: added.file, sha256, raw: false });
      const model = this.#model.of(name);
      if (step !== "recorded") model.current = model.highest;
    }
    await this.#repair();
  }

  async #killRemove(name: ModelName, nth: number, step: string): Promise<void> {
    const chosen = this.#choose(name, nth);
    if (
      chosen === undefined ||
      chosen.number === this.#model.of(name).current ||
      this.#model.isNeeded(chosen)
    )
      return;
    const options = { directory: this.#directory, name, generation: chosen.number, env: this.#env };
    await killedAt("remove", options, step);
    if (step === "forgotten" || step === "freed") this.#model.remove(name, [chosen.number]);
    await this.#repair();
  }

  #choose(name: ModelName, nth: number): ModelGeneration | undefined {
    const { generations } = this.#model.of(name);
    return generations[nth % Math.max(generations.length, 1)];
  }
}

async function code(attempt: Promise<unknown>): Promise<string> {
  return await attempt.then(
    () => "done",
    (error: unknown) => {
      if (ImageStoreError.is(error)) return error.code;
      throw error;
    },
  );
}

function copyInto(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    throw new Error(`cannot put ${basename(to)} there`, { cause: error });
  }
}
