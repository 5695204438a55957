import type { StoreEvent } from "@sysinit/image-store";
import { expect, it } from "vitest";

import { StoreView } from "../../src/index.ts";

const mebibyte = 1024 ** 2;

function headlinesOf(events: readonly StoreEvent[]): string[] {
  const view = new StoreView();
  return events.map((event) => {
    view.take(event);
    return view.headline();
  });
}

/** A megabyte each tenth of a second, from where an earlier download ended. */
const download = (fromMebibytes: number, count: number): StoreEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "download",
    atMs: index * 100,
    doneBytes: (fromMebibytes + index) * mebibyte,
    totalBytes: 400 * mebibyte,
  }));

it("a download tells how much, how fast from the second second on, and what is left; what was there before is no speed", () => {
  const shown = headlinesOf(download(100, 21));
  expect(shown[0]).toBe("downloading 100 MiB of 400 MiB (25%)");
  expect(shown[20]).toBe("downloading 120 MiB of 400 MiB (30%) · 10.0 MiB/s · about 28 s left");
});

it("where the server does not tell the size there is a speed, and nothing is said of the end", () => {
  const events = download(0, 21).map(
    (event) => ({ ...event, totalBytes: undefined }) as unknown as StoreEvent,
  );
  expect(headlinesOf(events).at(-1)).toBe("downloading 20.0 MiB · 10.0 MiB/s");
});

it("after a cut the speed is measured anew", () => {
  const shown = headlinesOf([
    ...download(0, 21),
    { type: "retry", atMs: 2_100, attempt: 1, retries: 5, delayMs: 1_000, reason: "the connection was cut" },
    { type: "download", atMs: 3_200, doneBytes: 20 * mebibyte, totalBytes: 400 * mebibyte },
  ]);
  expect(shown.slice(-2)).toEqual(["again in 1.0 s", "downloading 20.0 MiB of 400 MiB (5%)"]);
});

it("each kind of work is named, and ends at all of it", () => {
  const ends = (["copy", "hash", "convert", "upload"] as const).map((type) =>
    headlinesOf([{ type, atMs: 0, doneBytes: 5 * mebibyte, totalBytes: 5 * mebibyte }]).at(-1),
  );
  expect(ends).toEqual([
    "copying 5.0 MiB of 5.0 MiB (100%)",
    "reading 5.0 MiB of 5.0 MiB (100%)",
    "writing the raw disk 5.0 MiB of 5.0 MiB (100%)",
    "sending 5.0 MiB of 5.0 MiB (100%)",
  ]);
});

it("who keeps the store is named", () => {
  expect(headlinesOf([{ type: "waiting-for-lock", atMs: 0, holderPid: 42 }])).toEqual([
    "waiting for the store (process 42)",
  ]);
});
