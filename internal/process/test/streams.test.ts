import { Duplex, PassThrough, Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";

import { InputError, runProcess } from "../src/index.ts";

const block = Buffer.alloc(64 * 1024, "x");

/** Blocks without an end, and how many were taken. */
function endless() {
  const given = { blocks: 0, ended: false };
  async function* source() {
    try {
      for (;;) {
        given.blocks += 1;
        yield block;
      }
    } finally {
      given.ended = true;
    }
  }
  return { source: source(), given };
}

async function* once(...chunks: readonly (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

test("what a stream gives is what the program reads, byte for byte, and what it writes comes in chunks", async () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 256);
  const chunks: Uint8Array[] = [];
  const outcome = await runProcess({
    file: "cat",
    args: [],
    input: once(bytes.subarray(0, 1), bytes.subarray(1, 2_000_000), bytes.subarray(2_000_000)),
    onChunk: (chunk) => void chunks.push(chunk),
  });
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 0 });
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

test("a slow reader slows the program and its input down, so that neither fills the memory", async () => {
  const { source, given } = endless();
  const controller = new AbortController();
  let read = 0;
  const running = runProcess({
    file: "cat",
    args: [],
    input: source,
    signal: controller.signal,
    onChunk: async (chunk) => {
      read += chunk.byteLength;
      await sleep(100);
    },
  });
  await sleep(1_500);
  expect(read).toBeGreaterThan(0);
  expect(given.blocks * block.byteLength - read).toBeLessThan(2 * 1024 * 1024);
  controller.abort();
  expect((await running).reason).toBe("aborted");
  await vi.waitFor(() => expect(given.ended).toBe(true));
});

test("a reader that is slow after the program has ended still gets all of it", async () => {
  let read = 0;
  await runProcess({
    file: "sh",
    args: ["-c", "head -c 300000 /dev/zero"],
    onChunk: async (chunk) => {
      await sleep(700);
      read += chunk.byteLength;
    },
  });
  expect(read).toBe(300_000);
});

test("a program that reads no more ends its input and keeps its status", async () => {
  const { source, given } = endless();
  const outcome = await runProcess({ file: "sh", args: ["-c", "head -c 10; exit 3"], input: source });
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 3, stdout: "xxxxxxxxxx" });
  await vi.waitFor(() => expect(given.ended).toBe(true));
});

test("an input that fails ends the program, and its error is that of the run", async () => {
  async function* failing() {
    yield Buffer.from("some");
    throw new Error("the disk is gone");
  }
  await expect(runProcess({ file: "cat", args: [], input: failing() })).rejects.toThrow("the disk is gone");
});

test("an input that gives what is no bytes fails", async () => {
  const input = Readable.from([{ a: 1 }]) as AsyncIterable<Uint8Array>;
  await expect(runProcess({ file: "cat", args: [], input })).rejects.toThrow(InputError);
});

test("a stream that has nothing to say does not outlive the program that reads it", async () => {
  const input = new PassThrough();
  await runProcess({ file: "true", args: [], input });
  expect(input.destroyed).toBe(true);
});

test("a stream of both ways that has ended is still written to", async () => {
  const input = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done(), autoDestroy: false });
  input.push("some");
  input.push(null);
  expect(await runProcess({ file: "cat", args: [], input })).toMatchObject({ stdout: "some" });
  expect(input.destroyed).toBe(false);
});

test("a reader that fails ends the program, and its error is that of the run", async () => {
  const running = runProcess({
    file: "sh",
    args: ["-c", "echo some; exec sleep 600"],
    onChunk: () => Promise.reject(new Error("no more room")),
  });
  await expect(running).rejects.toThrow("no more room");
});

test.each(["onLine", "onChunk"])("an %s that throws is told like one that rejects", async (listener) => {
  let calls = 0;
  const running = runProcess({
    file: "sh",
    args: ["-c", "printf 'one\ntwo\nthr'; echo one >&2; exec sleep 600"],
    [listener]: () => {
      calls += 1;
      throw new Error("no more room");
    },
  });
  await expect(running).rejects.toThrow("no more room");
  // Once for each of the streams, at most.
  expect(calls).toBeLessThanOrEqual(2);
});

test("an onLine that throws at the last line, which has no end, is told", async () => {
  const onLine = () => {
    throw new Error("no more room");
  };
  await expect(runProcess({ file: "printf", args: ["one"], onLine })).rejects.toThrow("no more room");
});

test("a program that is not there leaves its input alone", async () => {
  const outcome = await runProcess({ file: "/no/such", args: [], input: once("x") });
  expect(outcome).toMatchObject({ reason: "spawn-failed", spawnErrorCode: "ENOENT" });
});
