import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { build, buildImage, detectNix } from "../src/index.ts";
import { failureOf, rootsIn, start } from "./contract.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The nix of this machine with something around a build of it: what it cannot be made to do by itself. */
async function nixWith(around: (realNix: string) => string): Promise<string> {
  const file = join(temporaryDirectory(), "nix");
  const real = (await detectNix()).path;
  // The fourth argument of a build is --json, the sixth its out-link.
  const script = `#!/bin/sh\n[ "$4" = --json ] || exec '${real}' "$@"\n${around(`'${real}' "$@"`)}\n`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

test.each([
  ["nothing", (real: string) => `${real} > /dev/null`],
  ["something else", (real: string) => `${real} > /dev/null && echo hello`],
])("a nix that ends well and answers %s", async (_, around) => {
  const { options, stateDirectory } = start("base", { nix: await nixWith(around) });
  expect(await failureOf(build(options))).toMatchObject({ code: "PROTOCOL" });
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("the result is what nix answers, not where the link leads", async () => {
  const elsewhere = join(temporaryDirectory(), "elsewhere.qcow2");
  const nix = await nixWith((real) => `${real} && ln -sfn ${elsewhere} "$6"`);
  const { options } = start("file", { nix });
  const { file } = await buildImage(options);
  expect(file).toMatch(/^\/nix\/store\/.*-file\.qcow2$/);
});

test("a link that cannot be made is told apart from a build that failed", async () => {
  const nix = await nixWith((real) => `mkdir "$6"; ${real}; status=$?; rmdir "$6"; exit $status`);
  const { options, stateDirectory } = start("base", { nix });
  expect(await failureOf(build(options))).toMatchObject({ code: "OUT_LINK" });
  expect(rootsIn(stateDirectory)).toEqual([]);
});

test("noise between the records of nix, NUL bytes and bytes that are no text do no harm", async () => {
  const noise = `printf 'GC Warning: \\000 x\\r\\n\\377\\376\\n@nix {"action":"start"\\n<3>@nix {"action":"stop","id":1}\\n' >&2`;
  const nix = await nixWith((real) => `${noise}; ${real}; status=$?; ${noise}; exit $status`);
  const { options, events } = start("base", { nix });
  expect(await build(options)).toMatchObject({ outcome: "built" });
  expect(events.at(-1)).toMatchObject({ type: "phase", phase: "done" });
});
