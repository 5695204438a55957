import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../test/temporary-directory.ts";
import { detectNix } from "./detect-nix.ts";

/** A program called nix that does as the script says: for versions that this machine does not have. */
function program(script: string): string {
  const file = join(temporaryDirectory(), "nix");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("a nix before 2.18 is too old", async () => {
  const nix = program('echo "nix (Nix) 2.8.0"');
  await expect(detectNix({ nix })).rejects.toMatchObject({
    code: "NIX_TOO_OLD",
    message: `nix 2.8.0 at ${nix} is too old: 2.18 or newer is needed`,
    hint: "install nix: https://nixos.org/download",
  });
});

test("no nix: the places that were tried are named", async () => {
  const env = { PATH: "/nonexistent/bin", HOME: "/nonexistent/home" };
  await expect(detectNix({ nix: "no-such-nix", env })).rejects.toMatchObject({
    code: "NIX_NOT_FOUND",
    hint: "install nix: https://nixos.org/download",
    details: { tried: expect.arrayContaining(["/nonexistent/bin/no-such-nix"]) },
  });
});

test.each([
  ["echo broken >&2; exit 127", "broken"],
  ["echo something else", "something else"],
])("a nix that does not work: %s", async (script, said) => {
  await expect(detectNix({ nix: program(script) })).rejects.toMatchObject({
    code: "NIX_UNUSABLE",
    message: expect.stringContaining(said),
  });
});

test("a nix that does not tell its system is good enough", async () => {
  const nix = program('[ "$1" = --version ] && echo "nix (Lix, like Nix) 2.94.0" || exit 1');
  expect(await detectNix({ nix })).toEqual({ path: nix, version: "2.94.0", flavour: "lix" });
});

test("aborting ends the question", async () => {
  const controller = new AbortController();
  const detecting = detectNix({ nix: program("exec sleep 600"), signal: controller.signal });
  controller.abort();
  await expect(detecting).rejects.toMatchObject({ code: "ABORTED" });
});
