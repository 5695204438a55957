import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import { fixtureFlake } from "./fixture-flake.ts";

const packageDirectory = join(import.meta.dirname, "..");
const code = readmeExample(join(packageDirectory, "README.md"), "Use");

test("the README's example builds an image, in a state folder with a space", async () => {
  const { flake, stateDirectory } = fixtureFlake();
  const state = `${stateDirectory} of mine`;
  // The fixture's builders use what is in /usr/bin.
  const NIX_CONFIG = `${process.env["NIX_CONFIG"] ?? ""}\nsandbox = false`;
  const run = await runExample({
    packageDirectory,
    code,
    cwd: flake,
    env: { XDG_STATE_HOME: state, NIX_CONFIG },
  });
  expect(run.stderr).toContain("image> making the image from");
  expect(run.stderr).toContain("built 2 of 2");
  expect([run.exitCode, run.stdout]).toEqual([
    0,
    expect.stringMatching(/^built qcow2 \/nix\/store\/.*\/small\.qcow2\n$/),
  ]);
  expect(readdirSync(join(state, "sysinit-lima/roots"))).toEqual([]);
});

test("the README's example says what is wrong", async () => {
  const { flake, stateDirectory } = fixtureFlake();
  const env = { XDG_STATE_HOME: stateDirectory, INSTALLABLE: ".#imgae" };
  const run = await runExample({ packageDirectory, code, cwd: flake, env });
  expect([run.exitCode, run.stdout]).toEqual([1, "ATTR_NOT_FOUND\n"]);
  expect(run.stderr).toContain("did you mean image?");
  expect(existsSync(join(flake, "flake.lock"))).toBe(false);
});

test("the README's example says who builds", async () => {
  const who = readmeExample(join(packageDirectory, "README.md"), "Who builds");
  const NIX_CONFIG = `${process.env["NIX_CONFIG"] ?? ""}\nbuilders =`;
  const code = who.replace('"aarch64-linux"', '"riscv64-plan9"');
  const run = await runExample({ packageDirectory, code, env: { NIX_CONFIG } });
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/^local this machine it is .*\nname a machine that builds riscv64-plan9 /);
});
