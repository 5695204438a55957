import type { BuildEvent } from "@sysinit/nix-runner";
import { describe, expect, it } from "vitest";

import { BuildView } from "../../src/index.ts";
import { captureEvents } from "./capture-events.ts";

/** All that a view shows of a build, without what stays the same. */
function seenOf(events: readonly BuildEvent[]) {
  const view = new BuildView();
  const shown = new Set<string>();
  for (const event of events) {
    view.take(event);
    shown.add([view.headline(), ...view.lines(10)].join("\n"));
  }
  return { view, shown: [...shown] };
}

describe("of what real nix wrote", () => {
  it("each running build has a line with its phase and its last words, which goes when the build ends", () => {
    const { view, shown } = seenOf(captureEvents("2.26/01-success"));
    expect(shown).toContain("building · built 0 of 2\n⚙ base-tools · 0.0 s · preparing base on 1795415118");
    expect(shown).toContain(
      "building · built 1 of 2\n⚙ nixos-disk-image [unpackPhase] · 0.0 s · unpacking sources",
    );
    expect(shown.at(-1)).toBe("building · built 2 of 2");
    expect(view.summary()).toBe("2 derivations");
  });

  it("builds that run beside each other have a line each", () => {
    expect(seenOf(captureEvents("2.26/30-keep-going")).shown).toContain(
      "building · built 1 of 2\n⚙ par1 · 0.0 s · p1 3\n⚙ failing-image · 0.0 s · log line 12",
    );
  });

  it("each download has a line with its bytes, and all of them together have totals", () => {
    const { view, shown } = seenOf(captureEvents("2.26/90-substitute-http"));
    expect(shown).toContain(
      "downloading · built 0 of 2 · downloaded 26.7 MiB of 32.0 MiB (83%)\n↓ image-big · 6.7 MiB of 12.0 MiB (55%) · from 127.0.0.1:8099",
    );
    expect(view.summary()).toBe("1 derivation, 32.0 MiB downloaded");
  });

  it("what nix waits for stands first", () => {
    expect(seenOf(captureEvents("2.26/97-waiting-for-lock")).shown.at(-1)).toMatch(
      /^waiting for lock on '.*-slow-image' · built 0 of 1$/,
    );
  });
});

const mebibyte = 1024 ** 2;
const idle = { downloadedBytes: 0, transfers: [], built: 0, buildsTotal: 0, running: [] };
const build = (name: string) => ({ drvPath: `/nix/store/${name}.drv`, name, elapsedMs: 61_000 });

it("speed, what is left, and how long a build usually takes are told when they are known", () => {
  const view = new BuildView();
  view.take({ type: "phase", atMs: 0, phase: "fetch" });
  view.take({
    type: "progress",
    atMs: 1,
    ...idle,
    downloadedBytes: 3 * mebibyte,
    downloadTotalBytes: 12 * mebibyte,
    downloadBytesPerSecond: 1.5 * mebibyte,
    buildsTotal: 2,
    running: [{ ...build("image"), machine: "ssh-ng://builder@linux-builder", usualMs: 300_000 }],
    remainingMs: 125_000,
  });
  expect([view.headline(), ...view.lines(10)]).toEqual([
    "downloading · built 0 of 2 · downloaded 3.0 MiB of 12.0 MiB (25%) · 1.5 MiB/s · about 2 min 05 s left",
    "⚙ image on ssh-ng://builder@linux-builder · 61 s of about 5 min 00 s",
  ]);
});

it("of very many builds some have a line, and how many more there are is said", () => {
  const view = new BuildView();
  const running = Array.from({ length: 64 }, (_, index) => build(`part-${index}`));
  view.take({ type: "progress", atMs: 1, ...idle, buildsTotal: 64, running });
  expect(view.lines(4)).toEqual(["⚙ part-0 · 61 s", "⚙ part-1 · 61 s", "⚙ part-2 · 61 s", "and 61 more"]);
});

it("escape sequences of a builder do not reach the terminal", () => {
  const view = new BuildView();
  const { drvPath, name } = build("image");
  view.take({ type: "log", atMs: 1, drvPath, name, line: "\u001b[31mred\u001b[2J\u0007" });
  view.take({ type: "progress", atMs: 2, ...idle, running: [build("image")] });
  expect(view.lines(1)).toEqual(["⚙ image · 61 s · red"]);
});
