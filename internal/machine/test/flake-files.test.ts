import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { readFlakeFiles } from "../src/drift/flake-files.ts";
import { flakeDirectory } from "../src/index.ts";

it("every nix file and the lock count, hidden folders and node_modules do not", async () => {
  const flake = await mkdtemp(join(tmpdir(), "flake-"));
  onTestFinished(() => rm(flake, { recursive: true }));
  for (const folder of ["nix", ".git", "node_modules"]) {
    await mkdir(join(flake, folder));
    await writeFile(join(flake, folder, "x.nix"), "{}");
  }
  for (const file of ["flake.nix", "flake.lock", "README.md"]) await writeFile(join(flake, file), "{}");
  const found = await readFlakeFiles(flake);
  expect(Object.keys(found!.digests).sort()).toEqual(
    ["flake.lock", "flake.nix", "nix/x.nix"].map((file) => join(flake, file)),
  );
  await writeFile(join(flake, "nix/x.nix"), "{ }");
  expect((await readFlakeFiles(flake))!.digests).not.toEqual(found!.digests);
});

it.each([
  [".#image", "/p"],
  ["./nix#image", "/p/nix"],
  ["#image", "/p"],
  ["path:/q?dir=x#image", "/q"],
  ["git+file:///q#image", "/q"],
  ["github:owner/repo#image", undefined],
  ["nixpkgs#image", undefined],
])("the flake of %s is in %s", (installable, directory) => {
  expect(flakeDirectory(installable, "/p")).toBe(directory);
});
