import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { BuildHistory } from "./build-history.ts";

const file = (stateDirectory: string) => join(stateDirectory, "build-history.json");

/** A derivation as it lies in a store. */
function derivation(fullName: string, system = "x86_64-linux") {
  const drvPath = join(temporaryDirectory(), `b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-${fullName}.drv`);
  writeFileSync(drvPath, `Derive([("out","/nix/store/x","","")],[],[],"${system}","/bin/sh",[],[])`);
  return (tookMs: number) => ({ drvPath, name: fullName, tookMs });
}

async function usualMs(stateDirectory: string, { drvPath }: { drvPath: string }) {
  const history = new BuildHistory(stateDirectory);
  await history.load();
  return history.usualMs(drvPath);
}

test("what was never built is not known", async () => {
  expect(await usualMs(temporaryDirectory(), derivation("image")(0))).toBeUndefined();
});

test("the median of the last ten builds, whatever the version", async () => {
  const state = join(temporaryDirectory(), "state");
  const image = derivation("nixos-image-25.11");
  const history = new BuildHistory(state);
  await history.add([image(9_000_000), image(9_000_000)]);
  for (const tookMs of [100, 900, 200, 300, 400, 500, 600, 700, 800, 1000.4])
    await history.add([image(tookMs)]);
  expect(await usualMs(state, derivation("nixos-image-26.05")(0))).toBe(550);
});

test("another system is another matter", async () => {
  const state = temporaryDirectory();
  await new BuildHistory(state).add([derivation("image")(100)]);
  expect(await usualMs(state, derivation("image", "aarch64-linux")(0))).toBeUndefined();
});

test.each([
  ["broken", "{"],
  ["something else", '{"schema":1,"builds":[{"name":7}]}'],
])("a file that is %s is no history, and is begun anew", async (_, text) => {
  const state = temporaryDirectory();
  writeFileSync(file(state), text);
  const image = derivation("image");
  expect(await usualMs(state, image(0))).toBeUndefined();
  await new BuildHistory(state).add([image(100)]);
  expect(await usualMs(state, image(0))).toBe(100);
  expect(readdirSync(state)).toEqual(["build-history.json"]);
});

test("the file of a newer version is left as it is", async () => {
  const state = temporaryDirectory();
  const text = '{"schema":2,"builds":{}}';
  writeFileSync(file(state), text);
  const image = derivation("image")(100);
  await new BuildHistory(state).add([image]);
  expect(await usualMs(state, image)).toBeUndefined();
  expect(readFileSync(file(state), "utf8")).toBe(text);
});

test("a place that cannot be written to is no failure", async () => {
  const state = temporaryDirectory();
  mkdirSync(file(state));
  await new BuildHistory(state).add([derivation("image")(100)]);
  await new BuildHistory("/etc/passwd/state").add([derivation("image")(100)]);
});

test("a derivation in a store elsewhere is not remembered", async () => {
  const state = temporaryDirectory();
  await new BuildHistory(state).add([{ drvPath: "/nonexistent/image.drv", name: "image", tookMs: 1 }]);
  expect(JSON.parse(readFileSync(file(state), "utf8"))).toEqual({ schema: 1, builds: [] });
});

test("the file does not grow without end: the one that was built longest ago is forgotten", async () => {
  const state = temporaryDirectory();
  const builds = Array.from({ length: 1000 }, (_, index) => ({
    name: `package${index}`,
    system: "x86_64-linux",
    durationsMs: [1],
  }));
  writeFileSync(file(state), JSON.stringify({ schema: 1, builds }));
  await new BuildHistory(state).add([derivation("image")(100)]);
  const kept = (JSON.parse(readFileSync(file(state), "utf8")) as { builds: { name: string }[] }).builds;
  expect(kept).toHaveLength(1000);
  expect([kept[0]!.name, kept.at(-1)!.name]).toEqual(["package1", "image"]);
});

test("builds that end at the same time are all remembered", async () => {
  const state = temporaryDirectory();
  const image = derivation("image");
  await Promise.all([100, 200, 300].map((tookMs) => new BuildHistory(state).add([image(tookMs)])));
  expect(await usualMs(state, image(0))).toBe(200);
});
