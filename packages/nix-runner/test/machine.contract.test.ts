import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { untilEnded } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import { buildImageOn, type BuildImageOnOptions } from "../src/index.ts";
import { eventOf, failureOf, gitIn, namesOf, phasesOf, pidsIn, start } from "./contract.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { thisMachine } from "./this-machine.ts";

/** Builds an attribute of a fresh copy of the fixture flake on the other machine. */
function startThere(attribute: string, more: Partial<BuildImageOnOptions> = {}) {
  const { options, ...others } = start(attribute);
  const { installable, nixOptions, onEvent } = options;
  const directory = temporaryDirectory();
  const there = { installable, nixOptions, onEvent, machine: thisMachine(), directory, ...more };
  return { ...others, directory, options: there };
}

/** What builds have left on the other machine. */
const workspaces = () => readdirSync("/var/tmp").filter((name) => name.startsWith("sysinit-build-"));

test("an image is built there, found there and copied here", async () => {
  const { options, events, flake, directory } = startThere("image");
  const image = await buildImageOn(options);
  expect(image).toMatchObject({
    installable: options.installable,
    file: join(directory, "small.qcow2"),
    format: "qcow2",
    sizeBytes: 8,
    machine: "the other machine",
    outcome: "built",
    outPath: expect.stringMatching(/^\/nix\/store\/.*-image$/),
    flake: { url: `path:${flake}`, narHash: expect.stringMatching(/^sha256-/) },
    system: expect.stringMatching(/-/),
  });
  expect(readFileSync(image.file)).toEqual(readFileSync(join(image.outPath, "small.qcow2")));
  expect(phasesOf(events)).toEqual(["evaluate", "query", "build", "find-image", "copy", "done"]);
  expect(namesOf(events, "build-finished")).toEqual(["base", "image"]);
  expect(workspaces()).toEqual([]);
});

test("of a git tree what git knows is copied, with the changes to it and what lies beside the flake", async () => {
  const { options, flake } = startThere("image");
  const parent = temporaryDirectory();
  mkdirSync(join(parent, "nix"));
  for (const name of readdirSync(flake)) renameSync(join(flake, name), join(parent, "nix", name));
  renameSync(join(parent, "nix/salt.nix"), join(parent, "salt.nix"));
  const file = join(parent, "nix/flake.nix");
  writeFileSync(file, readFileSync(file, "utf8").replace("import ./salt.nix", "import ../salt.nix"));
  const git = gitIn(parent, "nix/flake.nix", "salt.nix");
  const revision = git("rev-parse", "HEAD");
  writeFileSync(join(parent, "secret.txt"), "not for others");
  const copied: string[] = [];
  const machine = thisMachine({
    copyIn: async (path, machinePath) => {
      copied.push(...readdirSync(path, { recursive: true }).map(String));
      await cp(path, machinePath, { recursive: true });
    },
  });
  const inGit = { ...options, machine, installable: `${join(parent, "nix")}#image` };
  const clean = await buildImageOn(inGit);
  expect(copied.toSorted()).toEqual(["nix", "nix/flake.nix", "salt.nix"]);
  expect(clean.flake).toEqual({
    url: `git+file://${parent}?dir=nix`,
    revision,
    narHash: expect.stringMatching(/^sha256-/),
  });

  writeFileSync(join(parent, "salt.nix"), '"changed"\n');
  const dirty = await buildImageOn({ ...inGit, directory: temporaryDirectory() });
  expect(dirty.flake).toMatchObject({ dirtyRevision: `${revision}-dirty` });
  expect(dirty.outPath).not.toBe(clean.outPath);
});

test("a file that git does not know is named as here", async () => {
  const { options, flake } = startThere("readsFile");
  gitIn(flake, "flake.nix", "salt.nix");
  writeFileSync(join(flake, "untracked.txt"), "text\n");
  const failure = await failureOf(buildImageOn({ ...options, installable: `${flake}#readsFile` }));
  expect(failure).toMatchObject({
    code: "UNTRACKED_FILE",
    details: { file: "untracked.txt", repository: flake },
  });
});

test("a builder that fails there is told as here", async () => {
  const { options } = startThere("needsBroken");
  const failure = await failureOf(buildImageOn(options));
  expect(failure).toMatchObject({
    code: "BUILD_FAILED",
    message:
      "needs-broken could not be built: its dependency broken failed to build (exit code 3): last words",
    details: { machine: "the other machine", logTail: ["first words", "last words"] },
  });
  expect(workspaces()).toEqual([]);
});

test("a flake that throws there is told with the directory that it has here", async () => {
  const { options, flake } = startThere("thrown");
  const failure = await failureOf(buildImageOn(options));
  expect(failure).toMatchObject({ code: "EVAL" });
  const { message, hint, details } = failure;
  expect([message, hint, details["position"]].join()).not.toContain("sysinit-build-");
  expect(hint).toContain(`path:${flake}`);
});

test("an attribute that is not there, with what it might be", async () => {
  const failure = await failureOf(buildImageOn(startThere("imgae").options));
  expect(failure).toMatchObject({ code: "ATTR_NOT_FOUND", hint: "did you mean image?" });
});

test("of two images the flake says which one is meant, or nobody does", async () => {
  const { options, directory } = startThere("two");
  expect(await failureOf(buildImageOn(options))).toMatchObject({ code: "IMAGE_AMBIGUOUS" });
  expect(readdirSync(directory)).toEqual([]);
  const named = await buildImageOn({
    ...options,
    installable: options.installable.replace("#two", "#named"),
  });
  expect(named.file).toBe(join(directory, "two.qcow2"));
});

test("an output that is a file has its name without the hash here", async () => {
  const { options, directory } = startThere("file");
  expect(await buildImageOn(options)).toMatchObject({ file: join(directory, "file.qcow2"), format: "qcow2" });
});

test("a machine without nix", async () => {
  const machine = thisMachine({ env: { PATH: "/usr/bin:/bin" } });
  const failure = await failureOf(buildImageOn(startThere("image", { machine }).options));
  expect(failure).toMatchObject({ code: "NIX_NOT_FOUND", message: "the other machine has no nix" });
  expect(workspaces()).toEqual([]);
});

test("a file of that name is never replaced", async () => {
  const { options, directory } = startThere("image");
  writeFileSync(join(directory, "small.qcow2"), "mine");
  expect(await failureOf(buildImageOn(options))).toMatchObject({ code: "MACHINE_FAILED" });
  expect(readFileSync(join(directory, "small.qcow2"), "utf8")).toBe("mine");
});

test("a copy that does not come whole is no image", async () => {
  const machine = thisMachine({
    copyOut: async (machinePath, path) => writeFileSync(path, readFileSync(machinePath).subarray(0, 4)),
  });
  const { options, directory } = startThere("file", { machine });
  expect(await failureOf(buildImageOn(options))).toMatchObject({
    code: "MACHINE_FAILED",
    message: expect.stringContaining("4 of 8 bytes came"),
  });
  expect(readdirSync(directory)).toEqual([]);
});

test("what the machine throws comes back as it is", async () => {
  const gone = new Error("the machine is gone");
  const machine = thisMachine({ copyIn: () => Promise.reject(gone) });
  await expect(buildImageOn(startThere("image", { machine }).options)).rejects.toBe(gone);
  expect(workspaces()).toEqual([]);
});

test("aborting ends the builder there, and leaves nothing", async () => {
  const controller = new AbortController();
  const { options, events } = startThere("slow", { signal: controller.signal });
  const { onEvent, seen } = eventOf(
    events,
    (event) => event.type === "log" && event.line.startsWith("pids "),
  );
  const failing = failureOf(buildImageOn({ ...options, onEvent }));
  await seen;
  controller.abort(new Error("enough"));
  expect(await failing).toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
  for (const pid of pidsIn(events)) await untilEnded(pid);
  expect(workspaces()).toEqual([]);
});

test("a build that takes too long there is ended", async () => {
  const { options, events } = startThere("slow", { timeoutMs: 4000 });
  expect(await failureOf(buildImageOn(options))).toMatchObject({
    code: "TIMEOUT",
    details: { limitMs: 4000 },
  });
  for (const pid of pidsIn(events)) await untilEnded(pid);
});

test("a certain revision of a local repository cannot be copied", async () => {
  const { options, flake } = startThere("image");
  const installable = `git+file://${flake}?rev=0123456789012345678901234567890123456789#image`;
  expect(await failureOf(buildImageOn({ ...options, installable }))).toMatchObject({
    code: "BAD_INSTALLABLE",
  });
  const missing = await failureOf(buildImageOn({ ...options, installable: `${flake}-missing#image` }));
  expect(missing).toMatchObject({ code: "FLAKE_NOT_FOUND" });
  expect(existsSync(`${flake}-missing`)).toBe(false);
});
