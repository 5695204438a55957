import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

import { installImage, removeImage, rollbackImage, useImage } from "../src/index.ts";
import { workAreaOf } from "../src/store/work-area.ts";
import { writeImage } from "./images.ts";
import { killHard, startUntilFirstLine, verbCommand } from "./program.ts";
import { generationsOf, name, storeWith } from "./store.ts";

/** The lock file of a process that holds the store, as it wrote it. */
async function lockOfLivingProcess({ directory, home }: { directory: string; home: string }) {
  const options = { directory, name, source: writeImage(join(home, "_held"), 9 * 1024 * 1024) };
  const { child } = await startUntilFirstLine(verbCommand("install", options, "copied"));
  const { lock } = workAreaOf(directory);
  return { child, lock, content: JSON.parse(readFileSync(lock, "utf8")) as Record<string, unknown> };
}

test("the store of a living process is not touched by any verb, and the error says which process it is", async () => {
  const store = await storeWith(2);
  const { directory, env } = store;
  const { child } = await lockOfLivingProcess(store);
  const common = { directory, name, lockTimeoutMs: 100 };
  for (const attempt of [
    () => rollbackImage(common),
    () => useImage({ ...common, generation: 1 }),
    () => removeImage({ ...common, generation: 1, env }),
    () => installImage({ ...common, source: join(store.home, "_source") }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(`process ${child.pid}`) as string,
    });
  }
  expect(await generationsOf(directory)).toEqual([
    [2, true],
    [1, false],
  ]);
  await killHard(child);
  expect((await rollbackImage(common)).image.generation).toBe(1);
});

test.each<[string, (content: Record<string, unknown>) => object | string]>([
  ["whose process is gone", (content) => ({ ...content, pid: 2 ** 22 + 1 })],
  ["whose pid another process has now", (content) => ({ ...content, pid: process.pid })],
  ["of before the machine was started", (content) => ({ ...content, pid: process.pid, bootId: "another" })],
  ["that is empty", () => ""],
  ["that is cut off", () => '{"pid": 12'],
])("a lock %s is taken over", async (_, change) => {
  const store = await storeWith(2);
  const { child, lock, content } = await lockOfLivingProcess(store);
  await killHard(child);
  const left = change(content);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, typeof left === "string" ? left : JSON.stringify(left));
  expect(
    (await rollbackImage({ directory: store.directory, name, lockTimeoutMs: 20_000 })).image.generation,
  ).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test("the lock of another machine is not taken over, and the error says what to do", async () => {
  const store = await storeWith(2);
  const { child, lock, content } = await lockOfLivingProcess(store);
  await killHard(child);
  writeFileSync(lock, JSON.stringify({ ...content, host: `not-${hostname()}`, bootId: "another" }));
  await expect(rollbackImage({ directory: store.directory, name, lockTimeoutMs: 200 })).rejects.toMatchObject(
    {
      code: "LOCKED",
      hint: expect.stringContaining("remove the lock file") as string,
    },
  );
});
