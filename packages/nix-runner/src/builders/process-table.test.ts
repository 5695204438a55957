import { expect, test } from "vitest";

import { parseProcEntry, parsePs, readProcessTable } from "./process-table.ts";

test("this process is in the table, with its parent", async () => {
  const ours = (await readProcessTable()).find(({ pid }) => pid === process.pid);
  expect(ours).toMatchObject({ parent: process.ppid, command: expect.stringContaining("node") });
});

test("a command may have brackets and spaces in its name", () => {
  const stat = `42 (a) b (c) S 7 42 41 0 -1 4194560 ${"0 ".repeat(12)}1234 0`;
  expect(parseProcEntry(stat, "/bin/sh\0-c\0a b\0")).toEqual([
    { pid: 42, parent: 7, group: 41, command: "/bin/sh -c a b", startedAtSeconds: 12.34 },
  ]);
  expect(parseProcEntry(stat, "")).toMatchObject([{ command: "a) b (c" }]);
});

test("one that has ended and is not waited for is none", () => {
  expect(parseProcEntry("42 (sh) Z 7 42 41 0", "")).toEqual([]);
});

test("what ps prints on a Mac", () => {
  const output =
    "    1     0     1 Ss   /sbin/launchd\n  310   300   310 S+   sleep 600\n  311   300   310 Z    (sh)\n";
  expect(parsePs(output)).toEqual([
    { pid: 1, parent: 0, group: 1, command: "/sbin/launchd" },
    { pid: 310, parent: 300, group: 310, command: "sleep 600" },
  ]);
});
