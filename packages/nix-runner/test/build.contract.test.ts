import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { runExample, untilEnded } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import { build, buildImage, detectNix, releaseRoot, type BuildEvent } from "../src/index.ts";
import { failureOf, gitIn, namesOf, nixStorePath, phasesOf, pidsIn, rootsIn, start } from "./contract.ts";
import { fixtureFlake } from "./fixture-flake.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

test("an image is built, with its progress, and found", async () => {
  const { flake, stateDirectory, events, options } = start("image");
  const image = await buildImage(options);
  expect(image).toMatchObject({
    installable: options.installable,
    format: "qcow2",
    outcome: "built",
    file: join(realpathSync(image.outPath), "small.qcow2"),
    flake: { url: expect.stringContaining(`path:${flake}`), narHash: expect.stringMatching(/^sha256-/) },
    system: (await detectNix()).system,
  });
  expect(image.drvPath).toMatch(/-image\.drv$/);
  expect(image.seconds).toBeGreaterThan(0);
  expect(phasesOf(events)).toEqual(["evaluate", "query", "build", "find-image", "done"]);
  expect(namesOf(events, "build-started")).toEqual(["base", "image"]);
  expect(namesOf(events, "build-finished")).toEqual(["base", "image"]);
  const log = events.flatMap((event) => (event.type === "log" ? [`${event.name}: ${event.line}`] : []));
  expect(log[0]).toBe("base: making the base");
  expect(log[1]).toMatch(/^image: making the image from /);
  expect(events.findLast(({ type }) => type === "progress")).toMatchObject({
    built: 2,
    buildsTotal: 2,
    running: [],
  });
  const times = events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(rootsIn(stateDirectory)).toHaveLength(1);
});

test("what is built already is present the second time", async () => {
  const { options, events } = start("image");
  const first = await build(options);
  const before = events.length;
  const second = await build(options);
  expect(second).toMatchObject({ outcome: "present", drvPath: first.drvPath, outputs: first.outputs });
  expect(namesOf(events.slice(before), "build-started")).toEqual([]);
});

test("an output is kept from the garbage collector until its root is released", async () => {
  const { options } = start("image");
  const { root, outputs } = await build(options);
  const nixStore = await nixStorePath();
  const rootsOf = () => {
    const { status, stdout, stderr } = spawnSync(nixStore, ["--query", "--roots", outputs["out"]!], {
      encoding: "utf8",
    });
    expect(stderr).not.toContain("error");
    expect(status).toBe(0);
    return stdout;
  };
  expect(rootsOf()).toContain(`${root}/out`);
  await releaseRoot(root);
  expect(rootsOf()).not.toContain(root);
  expect(existsSync(root)).toBe(false);
});

test("an output that is a file is the image", async () => {
  const { options } = start("file");
  const image = await buildImage(options);
  expect(image).toMatchObject({ file: realpathSync(image.outPath), format: "qcow2" });
});

test("of two images the flake says which one is meant, or the caller does", async () => {
  const { options, stateDirectory } = start("two");
  expect(await failureOf(buildImage(options))).toMatchObject({ code: "IMAGE_AMBIGUOUS" });
  expect(rootsIn(stateDirectory)).toEqual([]);
  const named = await buildImage({ ...options, installable: options.installable.replace("#two", "#named") });
  expect(named.file).toMatch(/\/two\.qcow2$/);
  expect((await buildImage({ ...options, filePath: "one.qcow2" })).file).toMatch(/\/one\.qcow2$/);
});

test("a directory with a space, by its path, as a URL and as the working directory", async () => {
  const copy = fixtureFlake("a flake");
  const { options } = start("base", {}, copy);
  const { drvPath } = await build(options);
  expect(await build({ ...options, installable: `${copy.flake}#base` })).toMatchObject({ drvPath });
  expect(await build({ ...options, installable: ".#base", cwd: copy.flake })).toMatchObject({ drvPath });
  expect(await build({ ...options, installable: drvPath })).toMatchObject({ drvPath, outcome: "present" });
});

test("a large file that nix would copy along is warned of beforehand", async () => {
  const { flake, options } = start("base");
  writeFileSync(join(flake, "forgotten.img"), "");
  truncateSync(join(flake, "forgotten.img"), 300 * 1024 * 1024);
  const controller = new AbortController();
  const warnings: string[] = [];
  const onEvent = (event: BuildEvent) => {
    if (event.type !== "warning") return;
    warnings.push(event.text);
    // What it warns of need not happen here.
    controller.abort();
  };
  expect(await failureOf(build({ ...options, onEvent, signal: controller.signal }))).toMatchObject({
    code: "ABORTED",
  });
  expect(warnings).toEqual([expect.stringContaining(`nix copies all of ${flake} into its store`)]);
});

test("an evaluation cache that names what the store no longer has does no harm", async () => {
  const { flake, options } = start("base");
  gitIn(flake, "flake.nix", "salt.nix");
  const inGit = { ...options, installable: `${flake}#base` };
  const { root, drvPath, outputs } = await build(inGit);
  await releaseRoot(root);
  const { status, stderr } = spawnSync(await nixStorePath(), ["--delete", outputs["out"]!, drvPath], {
    encoding: "utf8",
  });
  expect([status, existsSync(drvPath)], stderr).toEqual([0, false]);
  expect(await build(inGit)).toMatchObject({ outcome: "built", drvPath });
});

/** A nix whose outputs are collected as soon as it has built them, this many times. */
async function collectedNix(times: number): Promise<string> {
  const directory = temporaryDirectory();
  const nix = join(directory, "nix");
  const script = `#!/bin/sh
    '${(await detectNix()).path}' "$@" || exit
    [ "$4" = --json ] && [ "$(ls '${directory}' | wc -l)" -le ${times} ] || exit 0
    out=$(readlink "$6")
    rm "$6"
    '${await nixStorePath()}' --delete "$out" > '${directory}'/collected-$$ 2>&1`;
  writeFileSync(nix, script.replaceAll(/\n +/g, "\n"), { mode: 0o755 });
  return nix;
}

test("an output that is collected before it is used is built once more", async () => {
  const { options, events } = start("base", { nix: await collectedNix(1) });
  const { outputs } = await build(options);
  expect(existsSync(outputs["out"]!)).toBe(true);
  expect(namesOf(events, "build-started")).toEqual(["base", "base"]);
  const warnings = events.flatMap((event) => (event.type === "warning" ? [event.text] : []));
  expect(warnings).toEqual([expect.stringMatching(/ was built, but .*-base is gone; trying once more$/)]);
});

test("an output that is collected again and again is an error", async () => {
  const { options, stateDirectory } = start("base", { nix: await collectedNix(2) });
  expect(await failureOf(build(options))).toMatchObject({ code: "OUTPUT_VANISHED" });
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("nothing is left in the flake", async () => {
  const { flake, options } = start("image");
  await build({ ...options, installable: ".#image", cwd: flake });
  expect(readdirSync(flake).sort()).toEqual(["flake.nix", "gate.nix", "salt.nix"]);
});

test("a builder that fails is named with its last words", async () => {
  const { options, stateDirectory, events } = start("broken");
  const failure = await failureOf(build(options));
  expect(failure).toMatchObject({
    code: "BUILD_FAILED",
    message: "broken failed to build (exit code 3): last words",
    details: {
      name: "broken",
      exitCode: 3,
      logTail: ["first words", "last words"],
      installable: options.installable,
    },
  });
  expect(failure.hint).toMatch(/^the whole log: nix log \/nix\/store\/.*-broken\.drv$/);
  expect(rootsIn(stateDirectory)).toEqual([]);
  expect(namesOf(events, "build-finished")).toEqual(["broken"]);
});

test("a dependency that fails is named, not only what needed it", async () => {
  const failure = await failureOf(build(start("needsBroken").options));
  expect(failure).toMatchObject({
    code: "BUILD_FAILED",
    message:
      "needs-broken could not be built: its dependency broken failed to build (exit code 3): last words",
    details: {
      name: "broken",
      neededBy: expect.stringMatching(/-needs-broken\.drv$/),
      logTail: ["first words", "last words"],
    },
  });
});

test("a flake that throws, with the place in the user's own file", async () => {
  const { flake, options, stateDirectory } = start("thrown");
  const failure = await failureOf(build(options));
  expect(failure).toMatchObject({ code: "EVAL" });
  const line =
    readFileSync(join(flake, "flake.nix"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("thrown = throw")) + 1;
  expect(failure.message).toBe(
    `${options.installable} cannot be evaluated: thrown on purpose (at ${flake}/flake.nix:${line}:20)`,
  );
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("a flake that cannot be parsed, with the place", async () => {
  const { flake, options } = start("image");
  writeFileSync(join(flake, "flake.nix"), "{ outputs = { self }: { x = ; }; }\n");
  const failure = await failureOf(build(options));
  expect(failure).toMatchObject({ code: "EVAL", details: { position: `${flake}/flake.nix:1:29` } });
});

test("an attribute that is not there, with what it might be", async () => {
  const failure = await failureOf(build(start("imgae").options));
  expect(failure).toMatchObject({ code: "ATTR_NOT_FOUND", hint: "did you mean image?" });
  expect(failure.details["available"]).toEqual(expect.arrayContaining(["base", "image", "thrown"]));
});

test.each([
  ["text", "NOT_A_DERIVATION"],
  ["base^nope", "NOT_A_DERIVATION"],
  ["empty", "OUTPUT_MISSING"],
  ["foreign", "NO_BUILDER"],
])("%s is %s", async (attribute, code) => {
  expect(await failureOf(build(start(attribute).options))).toMatchObject({ code });
});

test("no flake at all", async () => {
  const { options } = start("image");
  const directory = temporaryDirectory();
  const notFound = { code: "FLAKE_NOT_FOUND" };
  expect(await failureOf(build({ ...options, installable: `path:${directory}#image` }))).toMatchObject(
    notFound,
  );
  expect(await failureOf(build({ ...options, installable: ".#image", cwd: directory }))).toMatchObject(
    notFound,
  );
  expect(await failureOf(build({ ...options, installable: `${directory}/missing#image` }))).toMatchObject(
    notFound,
  );
});

test("a flake whose lock file is missing an input is refused, and stays as it is", async () => {
  const { flake, options } = start("image");
  const user = join(temporaryDirectory(), "user");
  mkdirSync(user);
  const text = `{ inputs.x.url = "path:${flake}"; outputs = { self, x }: { packages = x.packages; }; }\n`;
  writeFileSync(join(user, "flake.nix"), text);
  const failure = await failureOf(build({ ...options, installable: `path:${user}#image` }));
  expect(failure).toMatchObject({ code: "LOCK_OUTDATED", hint: `write it: nix flake lock ${user}` });
  expect(readdirSync(user)).toEqual(["flake.nix"]);
});

test("a flake in git: its revision, the changes to it, and the files that git does not know", async () => {
  const { flake, options } = start("image");
  const git = gitIn(flake, "flake.nix", "salt.nix");
  const revision = git("rev-parse", "HEAD");
  const inGit = { ...options, installable: `${flake}#image` };
  // As in a hook of another repository.
  const env = { ...process.env, GIT_DIR: "/nonexistent/.git", GIT_INDEX_FILE: "/nonexistent/index" };
  const clean = await buildImage({ ...inGit, env });
  expect(clean.flake).toMatchObject({ revision, url: expect.stringContaining("git+file://") });
  expect(clean.flake).not.toHaveProperty("dirtyRevision");

  writeFileSync(join(flake, "salt.nix"), '"changed"\n');
  const dirty = await buildImage(inGit);
  expect(dirty.flake).toMatchObject({ dirtyRevision: `${revision}-dirty` });
  expect(dirty.flake).not.toHaveProperty("revision");

  writeFileSync(join(flake, "untracked.txt"), "text\n");
  const failure = await failureOf(build({ ...inGit, installable: `${flake}#readsFile` }));
  expect(failure).toMatchObject({
    code: "UNTRACKED_FILE",
    details: { file: "untracked.txt", repository: flake },
  });
  expect(failure.hint).toContain(`git -C ${flake} add -N untracked.txt`);
  expect(git("status", "--porcelain")).toContain("?? untracked.txt");
});

test("aborting ends nix and its builders, and leaves no root", async () => {
  const controller = new AbortController();
  const { options, events, stateDirectory } = start("slow", { signal: controller.signal });
  const building = failureOf(
    build({
      ...options,
      onEvent: (event) => {
        events.push(event);
        if (event.type === "log" && event.line.startsWith("pids ")) controller.abort(new Error("enough"));
      },
    }),
  );
  const failure = await building;
  expect(failure).toMatchObject({ code: "ABORTED", message: `building ${options.installable} was aborted` });
  expect(failure.cause).toMatchObject({ message: "enough" });
  expect(pidsIn(events)).toHaveLength(2);
  for (const pid of pidsIn(events)) await untilEnded(pid);
  expect(namesOf(events, "build-finished")).toEqual(["slow"]);
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("a program that exits in the middle of a build leaves no nix and no builder", async () => {
  const { options } = start("slow");
  const { onEvent: _, ...plain } = options;
  const code = `
    import { build } from "@sysinit/nix-runner";
    await build({
      ...${JSON.stringify(plain)},
      onEvent: (event) => {
        if (event.type !== "log" || !event.line.startsWith("pids ")) return;
        console.log(event.line);
        process.exit(9);
      },
    });`;
  const { exitCode, stdout } = await runExample({ packageDirectory: join(import.meta.dirname, ".."), code });
  expect(exitCode).toBe(9);
  const pids = stdout.trim().split(" ").slice(1).map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) await untilEnded(pid);
});

test("an error of the one who listens ends the build and comes back as it is", async () => {
  const mine = new Error("mine");
  const { options, events, stateDirectory } = start("slow");
  const building = build({
    ...options,
    onEvent: (event) => {
      events.push(event);
      if (event.type === "log" && event.line.startsWith("pids ")) throw mine;
    },
  });
  await expect(building).rejects.toBe(mine);
  for (const pid of pidsIn(events)) await untilEnded(pid);
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("a build that takes too long is ended with its builders", async () => {
  const { options, events } = start("slow", { timeoutMs: 4000 });
  const failure = await failureOf(build(options));
  expect(failure).toMatchObject({ code: "TIMEOUT", details: { kind: "total", limitMs: 4000 } });
  for (const pid of pidsIn(events)) await untilEnded(pid);
});

test("a builder that is silent for too long is ended and named", async () => {
  const { options, events } = start("slow", { maxSilentMs: 1000 });
  const failure = await failureOf(build(options));
  expect(failure).toMatchObject({ code: "TIMEOUT", details: { kind: "silent", name: "slow" } });
  for (const pid of pidsIn(events)) await untilEnded(pid);
});

test("a builder that writes much, in colours, and claims errors still succeeds", async () => {
  const { options, events } = start("noisy");
  expect(await build(options)).toMatchObject({ outcome: "built" });
  const lines = events.flatMap((event) => (event.type === "log" ? [event.line] : []));
  expect(lines[0]).toBe("red ");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(4096);
});

test("the language and the service manager of the caller do not matter", async () => {
  const env = {
    ...process.env,
    LC_ALL: "de_DE.UTF-8",
    LANGUAGE: "de",
    IN_SYSTEMD: "1",
    NO_COLOR: undefined,
    CLICOLOR_FORCE: "1",
  };
  const { options, events } = start("image", { env });
  expect(await build(options)).toMatchObject({ outcome: "built" });
  expect(namesOf(events, "build-started")).toEqual(["base", "image"]);
});

test("shell characters in an installable are no shell characters", async () => {
  const { options, flake } = start("image");
  const marker = join(flake, "marker");
  const failure = await failureOf(
    build({ ...options, installable: `${flake}#image;touch ${marker};$(touch ${marker})` }),
  );
  expect(["ATTR_NOT_FOUND", "NIX_FAILED", "EVAL"]).toContain(failure.code);
  expect(existsSync(marker)).toBe(false);
});
