import { expect, test } from "vitest";

import { buildArguments, inSeconds } from "./argv.ts";

const request = {
  argument: ".#image^out",
  outLink: "/roots/build-x/out",
  nixOptions: {},
  maxSilentMs: undefined,
};

test("a build keeps its root, tells in records, and changes no lock file", () => {
  expect(buildArguments(request)).toEqual([
    "--extra-experimental-features",
    "nix-command flakes",
    "build",
    "--json",
    "--out-link",
    "/roots/build-x/out",
    "--log-format",
    "internal-json",
    "--no-update-lock-file",
    "--option",
    "connect-timeout",
    "15",
    "--",
    ".#image^out",
  ]);
});

test("the caller's settings come on top and win", () => {
  const argv = buildArguments({
    ...request,
    nixOptions: { "connect-timeout": "3", "max-jobs": "1" },
    maxSilentMs: 2500,
  });
  expect(argv.slice(9, -2)).toEqual([
    "--option",
    "connect-timeout",
    "3",
    "--option",
    "max-jobs",
    "1",
    "--max-silent-time",
    "3",
  ]);
});

test("less than a second is a second, since 0 means for ever", () => {
  expect([1, 999, 1000, 1001].map(inSeconds)).toEqual([1, 1, 1, 2]);
});
