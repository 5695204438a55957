import { PassThrough } from "node:stream";

import { createOutput } from "@sysinit-internal/terminal";
import { expect, it } from "vitest";

import { mayRemove } from "../src/confirm.ts";

/** A terminal on which a person types, and what it shows. */
function terminal(typed?: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  if (typed !== undefined) input.end(typed);
  const screen = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.WriteStream;
  let shown = "";
  screen.on("data", (chunk: Buffer) => (shown += chunk.toString()));
  const interrupts = new AbortController();
  const context = { output: createOutput({ stderr: screen, env: {} }), signal: interrupts.signal };
  const ask = (flags = {}) => mayRemove(context, "remove 2 images (1 GiB)", flags, input);
  return { ask, interrupts, shown: () => shown };
}

it.each([
  ["y\n", true],
  ["Yes\n", true],
  [" y \n", true],
  ["n\n", false],
  ["\n", false],
  ["yesterday\n", false],
  ["", false],
])("on a terminal a person is asked; %j is taken as %s", async (typed, agreed) => {
  const { ask, shown } = terminal(typed);
  expect(await ask()).toBe(agreed);
  expect(shown()).toMatch(/^remove 2 images \(1 GiB\)\? \[y\/N\] /);
  expect(shown().includes("nothing was removed")).toBe(!agreed);
});

it("--yes is the answer: nothing is asked", async () => {
  const { ask, shown } = terminal("n\n");
  expect(await ask({ yes: true })).toBe(true);
  expect(shown()).toBe("");
});

it("Ctrl-C at the question ends it", async () => {
  const { ask, interrupts } = terminal();
  const asked = ask();
  interrupts.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});
