import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";

import { FilesError, processIdentity, withLock } from "../src/index.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const holdLock = join(import.meta.dirname, "fixtures/hold-lock.ts");

function hold(lock: string, journal: string, milliseconds: number): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--conditions=@sysinit/source", holdLock, lock, journal, String(milliseconds)],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

const exited = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));
const lines = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);

async function content(changes: object): Promise<string> {
  return JSON.stringify({
    ...(await processIdentity()),
    nonce: "00000000-0000-4000-8000-000000000000",
    ...changes,
  });
}

test("a lock is there while the work runs, and gone afterwards, also when the work fails", async () => {
  const directory = temporaryDirectory();
  const lock = join(directory, "lock");
  const result = await withLock(lock, {}, async () => {
    expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
    return 7;
  });
  expect(result).toBe(7);
  await expect(withLock(lock, {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(readdirSync(directory)).toEqual([]);
});

test("two calls in one process take turns", async () => {
  const lock = join(temporaryDirectory(), "lock");
  let inside = 0;
  const work = () =>
    withLock(lock, {}, async () => {
      expect(++inside).toBe(1);
      await sleep(20);
      inside--;
    });
  await Promise.all([work(), work(), work()]);
});

test("the lock of a living process is waited for, said once, and never robbed", async () => {
  const directory = temporaryDirectory();
  const [lock, journal] = [join(directory, "lock"), join(directory, "journal")];
  const child = hold(lock, journal, 60_000);
  await until(() => lines(journal).length === 1);

  const waits: (number | undefined)[] = [];
  const attempt = withLock(lock, { timeoutMs: 600, onWait: (pid) => waits.push(pid) }, async () => {});
  await expect(attempt).rejects.toSatisfy((error) => FilesError.is(error, "LOCK_TIMEOUT"));
  await expect(attempt).rejects.toThrow(`process ${child.pid} on ${hostname()}`);
  expect(waits).toEqual([child.pid]);
  expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ pid: child.pid });
});

test("waiting ends when its signal says so", async () => {
  const lock = join(temporaryDirectory(), "lock");
  const stop = new AbortController();
  await withLock(lock, {}, async () => {
    const attempt = withLock(lock, { signal: stop.signal, onWait: () => stop.abort() }, async () => {});
    await expect(attempt).rejects.toThrow(/aborted/);
  });
});

test("the lock of a killed process is taken over, though nobody has reaped it yet", async () => {
  const directory = temporaryDirectory();
  const [lock, journal] = [join(directory, "lock"), join(directory, "journal")];
  const child = hold(lock, journal, 60_000);
  await until(() => lines(journal).length === 1);
  child.kill("SIGKILL");
  await withLock(lock, {}, async () => {});
  expect(readdirSync(directory)).toEqual(["journal"]);
});

test.each([
  ["a pid that is in use again", { startTime: "1" }],
  ["another boot of this machine", { bootId: "another" }],
  ["a pid that is gone", { pid: 2 ** 22 + 1 }],
])("a lock left by %s is taken over", async (_, changes) => {
  const directory = temporaryDirectory();
  const lock = join(directory, "lock");
  writeFileSync(lock, await content(changes));
  expect(await withLock(lock, {}, async () => "got it")).toBe("got it");
  expect(readdirSync(directory)).toEqual([]);
});

test("a lock left by another machine is not taken over, and the error says what to do", async () => {
  const lock = join(temporaryDirectory(), "lock");
  writeFileSync(lock, await content({ host: "elsewhere", bootId: "another" }));
  const attempt = withLock(lock, { timeoutMs: 300 }, async () => {});
  await expect(attempt).rejects.toThrow("on elsewhere");
  await expect(attempt).rejects.toMatchObject({
    hint: expect.stringContaining("remove the lock file") as string,
  });
});

test.each([
  ["empty", ""],
  ["cut off", '{"pid": 12'],
  ["not ours", "hello"],
])("a lock file that is %s is taken over once it has stayed so for a while", async (_, text) => {
  const directory = temporaryDirectory();
  const lock = join(directory, "lock");
  writeFileSync(lock, text);
  await withLock(lock, {}, async () => {});
  expect(readdirSync(directory)).toEqual([]);
});

test("what processes killed in the middle of locking left behind is swept, what is the user's stays", async () => {
  const directory = temporaryDirectory();
  const lock = join(directory, "lock");
  const nonce = "11111111-1111-4111-8111-111111111111";
  const dead = await content({ startTime: "1" });
  writeFileSync(`${lock}.${nonce}`, dead);
  writeFileSync(`${lock}.${nonce}.takeover`, dead);
  writeFileSync(`${lock}.22222222-1111-4111-8111-111111111111`, await content({}));
  writeFileSync(`${lock}.33333333-1111-4111-8111-111111111111`, "");
  const cutOff = `${lock}.44444444-1111-4111-8111-111111111111`;
  writeFileSync(cutOff, "");
  utimesSync(cutOff, new Date(0), new Date(0));
  writeFileSync(`${lock}.notes`, dead);
  await withLock(lock, {}, async () => {});
  expect(readdirSync(directory).sort()).toEqual([
    "lock.22222222-1111-4111-8111-111111111111",
    "lock.33333333-1111-4111-8111-111111111111",
    "lock.notes",
  ]);
});

test("a stale takeover is taken over as well", async () => {
  const directory = temporaryDirectory();
  const lock = join(directory, "lock");
  const nonce = "11111111-1111-4111-8111-111111111111";
  writeFileSync(lock, await content({ startTime: "1", nonce }));
  writeFileSync(`${lock}.${nonce}.takeover`, await content({ startTime: "1" }));
  await withLock(lock, {}, async () => {});
  expect(readdirSync(directory)).toEqual([]);
});

test("of many processes, some of them killed while they hold it, only one at a time holds the lock", async () => {
  const directory = temporaryDirectory();
  const [lock, journal] = [join(directory, "lock"), join(directory, "journal")];
  const killed = new Set<number>();
  const children = Array.from({ length: 6 }, () => hold(lock, journal, 60));
  const victims = children.slice(0, 3);
  const watch = (async () => {
    for (const victim of victims) {
      await until(() => victim.exitCode !== null || lines(journal).includes(`enter ${victim.pid}`));
      if (victim.kill("SIGKILL")) killed.add(victim.pid!);
    }
  })();
  await Promise.all([watch, ...children.map(exited)]);

  let holder: number | undefined;
  for (const line of lines(journal)) {
    const [word, pid] = line.split(" ") as [string, string];
    if (word === "enter") {
      if (holder !== undefined) expect(killed).toContain(holder);
      holder = Number(pid);
    } else {
      expect(Number(pid)).toBe(holder);
      holder = undefined;
    }
  }
  expect(lines(journal).filter((line) => line.startsWith("enter"))).toHaveLength(6);
});

/** A small file system needs a mount, which an ordinary user may do in a namespace of its own where the system allows it. */
const enter = ["--map-root-user", "--mount", "sh", "-c"];
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", [...enter, 'mount -t tmpfs -o size=64k tmpfs "$1"', "sh", "/mnt"]).status === 0;

test.skipIf(!canMount)("on a full disk a lock is an error that leaves nothing, or is done without", () => {
  const disk = join(temporaryDirectory(), "disk");
  mkdirSync(disk);
  const script =
    'mount -t tmpfs -o size=64k tmpfs "$1" && { cat /dev/zero > "$1/filler" 2> /dev/null; shift; "$@"; }';
  const lockWhenFull = join(import.meta.dirname, "fixtures/lock-when-full.ts");
  const node = [process.execPath, "--conditions=@sysinit/source", lockWhenFull, disk];
  const { stdout } = spawnSync("unshare", [...enter, script, "sh", disk, ...node], { encoding: "utf8" });
  expect(JSON.parse(stdout)).toEqual({ strict: "ENOSPC", lenient: "done", left: ["filler"] });
});
