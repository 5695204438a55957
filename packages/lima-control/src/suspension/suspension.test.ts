import { appendFile, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";

import { carrySuspension } from "./carry-suspension.ts";
import { removeSuspension, suspendedOn, writeSuspension } from "./suspension.ts";

let home: string;
let golden: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "suspension-"));
  onTestFinished(() => rm(home, { recursive: true }));
  golden = join(home, "golden");
  await mkdir(golden);
  await writeFile(join(golden, "disk"), "as it was");
});

const clone = async () => {
  const made = join(home, "clone");
  await cp(golden, made, { recursive: true });
  await carrySuspension(golden, made);
  return made;
};

test("an instance is suspended on the machine that was told, also under another name, until that is taken back", async () => {
  expect(await suspendedOn(golden)).toBeUndefined();
  await writeSuspension(golden, "this machine");
  expect(await suspendedOn(golden)).toBe("this machine");

  const renamed = join(home, "renamed");
  await rename(golden, renamed);
  expect(await suspendedOn(renamed)).toBe("this machine");
  await removeSuspension(renamed);
  expect(await suspendedOn(renamed)).toBeUndefined();
});

test("an instance to whose disk something wrote since is not suspended any more", async () => {
  await writeSuspension(golden, "this machine");
  await appendFile(join(golden, "disk"), ", and more");
  expect(await suspendedOn(golden)).toBeUndefined();
});

test("an instance is not suspended by a file that says nothing that is understood", async () => {
  await writeFile(join(golden, "sysinit-suspended.json"), '{"schema": 2}');
  expect(await suspendedOn(golden)).toBeUndefined();
});

test("a clone of a suspended instance is suspended as well", async () => {
  await writeSuspension(golden, "this machine");
  expect(await suspendedOn(await clone())).toBe("this machine");
});

test("a clone that another program made is not, nor is one of an instance that ran since", async () => {
  await writeSuspension(golden, "this machine");
  await cp(golden, join(home, "by hand"), { recursive: true });
  expect(await suspendedOn(join(home, "by hand"))).toBeUndefined();

  await writeFile(join(golden, "disk"), "it ran");
  const made = await clone();
  expect(await suspendedOn(made)).toBeUndefined();
  expect(await readdir(made)).toEqual(["disk"]);
});
