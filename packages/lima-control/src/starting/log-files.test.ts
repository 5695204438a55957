import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { consoleTail, keepLogs, readableLines, readTail } from "./log-files.ts";

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "sysinit-logs-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a console is read as a person would", () => {
  const text =
    "\u001b[2J\u001b[01;01H\u001b[=3hBdsDxe: x\r\n\r\n\u001b[0;32m  OK  \u001b[0m] Started \u0000sshd\u001b]0;title\u0007\n";
  expect(readableLines(text)).toEqual(["BdsDxe: x", "  OK  ] Started sshd"]);
});

test("the end of a file is read, and nothing of one that is not there", async () => {
  const file = join(directory(), "f");
  writeFileSync(file, "0123456789");
  expect(await readTail(file, 4)).toBe("6789");
  expect(await readTail(file, 100)).toBe("0123456789");
  expect(await readTail(`${file}x`, 4)).toBe("");
});

test("the consoles are the serial logs alone", async () => {
  const dir = directory();
  writeFileSync(join(dir, "serial.log"), "one\ntwo\nthree\n");
  writeFileSync(join(dir, "serialv.log"), "four\n");
  writeFileSync(join(dir, "ha.stderr.log"), "five\n");
  expect(await consoleTail(dir, 2)).toEqual(["two", "three", "four"]);
});

test("kept logs replace those of the last failure, and only the end of a huge one is kept", async () => {
  const home = directory();
  const dir = join(home, "vm");
  mkdirSync(join(home, "_sysinit/logs/vm"), { recursive: true });
  mkdirSync(dir);
  writeFileSync(join(home, "_sysinit/logs/vm/old.log"), "");
  writeFileSync(join(dir, "ha.stderr.log"), "small");
  writeFileSync(join(dir, "serial.log"), `${"x".repeat(5 * 1024 * 1024)}end`);
  writeFileSync(join(dir, "disk"), "");
  const kept = await keepLogs(home, "vm", dir);
  expect(kept).toEqual(["ha.stderr.log", "serial.log"].map((name) => join(home, "_sysinit/logs/vm", name)));
  expect(readdirSync(join(home, "_sysinit/logs/vm"))).toEqual(["ha.stderr.log", "serial.log"]);
  const serial = readFileSync(kept[1]!, "utf8");
  expect(serial.length).toBe(4 * 1024 * 1024);
  expect(serial.endsWith("xend")).toBe(true);
});
