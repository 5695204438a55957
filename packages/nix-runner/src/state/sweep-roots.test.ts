import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { processIdentity } from "@sysinit-internal/files";
import { expect, onTestFinished, test } from "vitest";

import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { ownerFile } from "./root-owner.ts";
import { disownRoot, makeRoot, ownRoot, rootsDirectory } from "./roots.ts";
import { sweepRoots } from "./sweep-roots.ts";

const storePath = "/nix/store/3769fw95fz8hdacs31qprcxi3ydxpa8y-nixos-disk-image";

/** A root with an out-link, as if the process with this identity had made it. */
async function rootOf(stateDirectory: string, owner?: object): Promise<string> {
  const root = makeRoot(stateDirectory);
  await ownRoot(root);
  symlinkSync(storePath, join(root, "out"));
  if (owner !== undefined) writeFileSync(join(root, ownerFile), JSON.stringify(owner));
  return root;
}

/** The identity of a process that was killed. */
async function killed() {
  const child = spawn("sleep", ["600"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const identity = await processIdentity(child.pid);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  return { schema: 1, ...identity };
}

test("the root of a process that was killed is removed", async () => {
  const stateDirectory = temporaryDirectory();
  const root = await rootOf(stateDirectory, await killed());
  await sweepRoots(stateDirectory);
  expect(existsSync(root)).toBe(false);
});

test("the root of a process that lives, here or on another machine, is left alone", async () => {
  const stateDirectory = temporaryDirectory();
  const ours = await rootOf(stateDirectory);
  const elsewhere = await rootOf(stateDirectory, { ...(await killed()), host: "another.example" });
  await sweepRoots(stateDirectory);
  expect(readdirSync(ours).sort()).toEqual(["out", ownerFile]);
  expect(existsSync(elsewhere)).toBe(true);
});

test("a root that is to outlive its process is left alone", async () => {
  const stateDirectory = temporaryDirectory();
  const root = await rootOf(stateDirectory, await killed());
  await disownRoot(root);
  await sweepRoots(stateDirectory);
  expect(readdirSync(root)).toEqual(["out"]);
});

test("a process that only has the number of the one that was killed does not keep its root", async () => {
  const stateDirectory = temporaryDirectory();
  const owner = { schema: 1, ...(await processIdentity()), startTime: "1" };
  const root = await rootOf(stateDirectory, owner);
  await sweepRoots(stateDirectory);
  expect(existsSync(root)).toBe(false);
});

test("what we did not make is left alone", async () => {
  const stateDirectory = temporaryDirectory();
  const owner = await killed();
  const withFile = await rootOf(stateDirectory, owner);
  writeFileSync(join(withFile, "work.txt"), "mine");
  const withLink = await rootOf(stateDirectory, owner);
  symlinkSync("/home", join(withLink, "home"));
  const unreadable = await rootOf(stateDirectory);
  writeFileSync(join(unreadable, ownerFile), "{");
  const newer = await rootOf(stateDirectory, { ...owner, schema: 2 });
  const other = join(rootsDirectory(stateDirectory), "mine");
  mkdirSync(other);
  const before = readdirSync(rootsDirectory(stateDirectory));
  await sweepRoots(stateDirectory);
  expect(readdirSync(rootsDirectory(stateDirectory))).toEqual(before);
  expect(readFileSync(join(withFile, "work.txt"), "utf8")).toBe("mine");
  expect(readdirSync(newer)).toEqual(["out", ownerFile]);
});

test("what a kill leaves between making a root and saying whose it is, or in the middle of releasing it, after a day", async () => {
  const stateDirectory = temporaryDirectory();
  const roots = rootsDirectory(stateDirectory);
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const name of ["build-empty", "build-cut", "build-fresh", "mine"])
    mkdirSync(join(roots, name), { recursive: true });
  writeFileSync(join(roots, "build-cut", ownerFile), '{"sch');
  for (const name of ["build-empty", "build-cut", "mine"])
    utimesSync(join(roots, name), yesterday, yesterday);
  await sweepRoots(stateDirectory);
  expect(readdirSync(roots)).toEqual(["build-fresh", "mine"]);
});

test("where there are no roots there is nothing to do", async () => {
  await sweepRoots("/nonexistent/state");
});
