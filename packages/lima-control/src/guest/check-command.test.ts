import { expect, test } from "vitest";

import { checkCommand, checkLength } from "./check-command.ts";

const plain = { cwd: "/", env: {} };

test("what can be carried to the guest is let through", () => {
  expect(() =>
    checkCommand(["sh", "-c", "x\n'\"$(", ""], { cwd: "/a b", env: { _A1: "x=y\n" } }),
  ).not.toThrow();
});

test.each<[string, Parameters<typeof checkCommand>]>([
  ["no program", [[], plain]],
  ["an empty program", [[""], plain]],
  ["a directory that is not absolute", [["x"], { cwd: "src", env: {} }]],
  ["a variable that has no name for one", [["x"], { cwd: "/", env: { "A B": "" } }]],
  ["a zero byte", [["x", "a\0b"], plain]],
])("%s is refused", (_, args) => {
  expect(() => checkCommand(...args)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});

test("what is longer than an argument may be is refused, as it is when it is quoted", () => {
  expect(() => checkLength(["x", "y".repeat(120_000)])).not.toThrow();
  for (const text of ["y".repeat(131_072), "echo 'a b'; ".repeat(4_000)]) {
    expect(() => checkLength(["x", text])).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
  }
});
