import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryDirectory } from "./temporary-directory.ts";

/**
 * A copy of the fixture flake that was never built before, and a place for roots and history. Both are gone after the test.
 * `gated` is built when the file `gate` is there.
 */
export function fixtureFlake(name = "flake"): {
  flake: string;
  stateDirectory: string;
  gate: string;
} {
  const directory = temporaryDirectory();
  const flake = join(directory, name);
  mkdirSync(flake);
  copyFileSync(join(import.meta.dirname, "fixtures/flake/flake.nix"), join(flake, "flake.nix"));
  writeFileSync(join(flake, "salt.nix"), `"${randomUUID()}"\n`);
  const gate = join(directory, "gate");
  writeFileSync(join(flake, "gate.nix"), `"${gate}"\n`);
  return { flake, stateDirectory: join(directory, "state"), gate };
}
