import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";

import { build, releaseRoot, type BuildOptions } from "../src/index.ts";
import { eventOf, failureOf, namesOf, rootsIn, start } from "./contract.ts";

/** A program of its own that builds; told when its builder runs. */
async function builderProgram({ onEvent: _, ...options }: BuildOptions) {
  const file = join(import.meta.dirname, `../.test-${crypto.randomUUID()}.ts`);
  writeFileSync(
    file,
    `import { build } from "@sysinit/nix-runner";
    await build({ ...${JSON.stringify(options)}, onEvent: ({ type }) => type === "log" && console.log("builds") });`,
  );
  onTestFinished(() => unlink(file));
  const child = spawn(process.execPath, ["--conditions=@sysinit/source", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child;
}

test("after kill -9 nix goes on; the next build waits for it, has its result, and removes the root that was left", async () => {
  const { options, events, gate, stateDirectory } = start("gated");
  const child = await builderProgram(options);
  const [left] = rootsIn(stateDirectory);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  expect(existsSync(join(stateDirectory, "roots", left!))).toBe(true);

  const { onEvent, seen } = eventOf(events, ({ type }) => type === "waiting");
  const building = build({ ...options, onEvent });
  await seen;
  const waiting = events.find((event) => event.type === "waiting");
  expect(waiting).toMatchObject({ text: expect.stringMatching(/^waiting for lock on '.*-gated'$/) });
  // While it waits: the gate is still closed.
  await vi.waitFor(() => expect(rootsIn(stateDirectory)).not.toContain(left), { timeout: 20_000 });
  writeFileSync(gate, "");
  const { root } = await building;
  expect(namesOf(events, "build-started")).toEqual([]);
  expect(rootsIn(stateDirectory)).toEqual([root.split("/").at(-1)]);
});

test("the root of a build that runs in another process stays", async () => {
  const { options, gate, stateDirectory } = start("gated");
  await builderProgram(options);
  const before = rootsIn(stateDirectory);
  expect(before).toHaveLength(1);
  await releaseRoot(
    (await build({ ...options, installable: options.installable.replace("#gated", "#base") })).root,
  );
  expect(rootsIn(stateDirectory)).toEqual(before);
  writeFileSync(gate, "");
});

test("a root that is to outlive its process has no owner", async () => {
  const { options, stateDirectory } = start("base", { keepRoot: true });
  const { root } = await build(options);
  expect(existsSync(join(root, "out"))).toBe(true);
  await build({ ...options, keepRoot: false });
  expect(rootsIn(stateDirectory)).toHaveLength(2);
  await releaseRoot(root);
  expect(rootsIn(stateDirectory)).toHaveLength(1);
});

test("the time in which another build is waited for does not count, unless it is to", async () => {
  const limitMs = 3000;
  const { options, gate } = start("gated");
  await builderProgram(options);
  const patient = eventOf([], ({ type }) => type === "waiting");
  const building = build({ ...options, timeoutMs: limitMs, onEvent: patient.onEvent });
  const counting = failureOf(build({ ...options, timeoutMs: limitMs, countWaiting: true }));
  await patient.seen;
  expect(await counting).toMatchObject({ code: "TIMEOUT", details: { kind: "total", limitMs } });
  await sleep(limitMs);
  writeFileSync(gate, "");
  expect(await building).toMatchObject({ outcome: "present" });
});
