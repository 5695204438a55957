import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { expect, test } from "vitest";

import { isSameProcessAlive, processIdentity } from "../src/index.ts";
import { parseProcStat, parsePs } from "../src/processes/start-time.ts";

test("we are alive, and stay the same process", async () => {
  const identity = await processIdentity();
  expect(identity).toMatchObject({ pid: process.pid, host: hostname() });
  expect(await processIdentity()).toEqual(identity);
  expect(await isSameProcessAlive(identity)).toBe(true);
});

test("another process is alive until it ends", async () => {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  const identity = await processIdentity(child.pid);
  expect(await isSameProcessAlive(identity)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await isSameProcessAlive(identity)).toBe(false);
  await expect(processIdentity(child.pid)).rejects.toThrow(`no process ${child.pid}`);
});

test("a process of another machine counts as alive, one of an earlier boot as gone", async () => {
  const identity = await processIdentity();
  expect(await isSameProcessAlive({ ...identity, host: "elsewhere", bootId: "another" })).toBe(true);
  expect(await isSameProcessAlive({ ...identity, bootId: "another" })).toBe(false);
});

test("the start time is read behind a command that holds spaces and brackets", () => {
  const rest = (state: string) => `${state} 1 ${Array.from({ length: 17 }, () => "0").join(" ")} 4711 99`;
  expect(parseProcStat(`12 (a) b (c)) ${rest("S")}`)).toBe("4711");
  expect(parseProcStat(`12 (sleep) ${rest("Z")}`)).toBeUndefined();
});

test("the start time is read from ps as macOS has it", () => {
  expect(parsePs("Ss   Mon Nov 23 07:06:37 2026    \n")).toBe("Mon Nov 23 07:06:37 2026");
  expect(parsePs("S+   Sun Nov  1 07:06:37 2026\n")).toBe("Sun Nov 1 07:06:37 2026");
  expect(parsePs("Z    Mon Nov 23 07:06:37 2026\n")).toBeUndefined();
  expect(parsePs("")).toBeUndefined();
});
