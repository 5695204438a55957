import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../test/temporary-directory.ts";
import { checkBuildOptions } from "./build-options.ts";
import { build, NixRunnerError } from "./index.ts";

const installable = ".#image";

test("what makes sense is accepted", () => {
  checkBuildOptions({
    installable,
    timeoutMs: 1,
    maxSilentMs: 500,
    nixOptions: { "max-jobs": "1", builders: "" },
    cwd: "/",
  });
});

test.each([
  ["timeoutMs", { timeoutMs: 0 }],
  ["timeoutMs", { timeoutMs: Number.NaN }],
  ["timeoutMs", { timeoutMs: 2 ** 31 }],
  ["maxSilentMs", { maxSilentMs: -1 }],
  ["nixOptions", { nixOptions: { "--x": "1" } }],
  ["nixOptions", { nixOptions: { "max-jobs": "1\nbuilders = x" } }],
  ["cwd", { cwd: "/nonexistent" }],
])("%s that makes no sense", (option, options) => {
  const call = () => checkBuildOptions({ installable, ...options });
  expect(call).toThrow(expect.objectContaining({ code: "BAD_OPTION", details: { option } }));
});

test("bad input starts nothing and writes nothing", async () => {
  const stateDirectory = join(temporaryDirectory(), "roots");
  const nix = "/nonexistent/nix";
  await expect(build({ installable: "--help", nix, stateDirectory })).rejects.toMatchObject({
    code: "BAD_INSTALLABLE",
  });
  await expect(build({ installable, timeoutMs: -1, nix, stateDirectory })).rejects.toMatchObject({
    code: "BAD_OPTION",
  });
  await expect(build({ installable, nix, stateDirectory })).rejects.toMatchObject({ code: "NIX_NOT_FOUND" });
  await expect(build({ installable, nix, env: {} })).rejects.toMatchObject({ code: "HOME_UNSET" });
  const signal = AbortSignal.abort(new Error("enough"));
  const aborted = await build({ installable, nix, stateDirectory, signal }).catch((error: unknown) => error);
  expect(NixRunnerError.is(aborted, "ABORTED")).toBe(true);
  expect(aborted).toMatchObject({ cause: { message: "enough" } });
  expect(existsSync(stateDirectory)).toBe(false);
});
