import { expect, test } from "vitest";

import { checkCommand } from "./check-command.ts";

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
  ["more than a command line holds", [["x", "y".repeat(70_000)], plain]],
])("%s is refused", (_, args) => {
  expect(() => checkCommand(...args)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});
