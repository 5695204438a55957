import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { checkInstanceName, nameBytesLeft } from "./check-instance-name.ts";

test.each(["a", "vm", "test-minimal", "a.b_c-d", "0", "A1", "x".repeat(76)])("%s is a name", (name) => {
  expect(() => checkInstanceName(name, "/l")).not.toThrow();
});

test.each([
  "",
  " ",
  "my vm",
  "-a",
  "a-",
  "a--b",
  ".hidden",
  "_images",
  "a/b",
  "../a",
  "ü",
  "a\n",
  "x".repeat(77),
])("%j is none", (name) => {
  expect(() => checkInstanceName(name, "/l")).toThrow(expect.objectContaining({ code: "BAD_INSTANCE_NAME" }));
});

test.each(["vm.yaml", "vm.YML"])("%s is none, because limactl takes it for a file", (name) => {
  expect(() => checkInstanceName(name, "/l")).toThrow(/for a file/);
});

// Lima's own rule, for the length of LIMA_HOME and name together in bytes.
const together = process.platform === "darwin" ? 76 : 80;

test("LIMA_HOME and name together fit a socket, to the byte", () => {
  const home = `/nowhere/${"h".repeat(40)}`;
  const room = together - home.length;
  expect(nameBytesLeft(home)).toBe(room);
  expect(() => checkInstanceName("n".repeat(room), home)).not.toThrow();
  expect(() => checkInstanceName("n".repeat(room + 1), home)).toThrow(
    expect.objectContaining({ code: "PATH_TOO_LONG", hint: expect.stringContaining(`${room} characters`) }),
  );
});

test("bytes count, not characters", () => {
  expect(nameBytesLeft("/nowhere/üü")).toBe(together - "/nowhere/".length - 4);
});

test("a LIMA_HOME that is too long for any name says so", () => {
  expect(() => checkInstanceName("a", `/${"h".repeat(90)}`)).toThrow(
    expect.objectContaining({ code: "PATH_TOO_LONG", hint: expect.stringContaining("shorter LIMA_HOME") }),
  );
});

test("a symbolic link counts with the length of what it names", () => {
  const directory = realpathSync(mkdtempSync("/tmp/lc-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const link = `${directory}/link`;
  symlinkSync(directory, link);
  expect(nameBytesLeft(join(link, "new"))).toBe(nameBytesLeft(join(directory, "new")));
});
