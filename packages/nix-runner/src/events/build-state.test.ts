import { expect, test } from "vitest";

import { readCapture, replay } from "../../test/replay.ts";
import { parseRecord } from "../nix/internal-json.ts";
import type { BuildEvent, BuildProgress } from "./build-event.ts";
import { BuildState } from "./build-state.ts";

const phasesOf = (events: readonly BuildEvent[]) =>
  events.flatMap((event) => (event.type === "phase" ? [event.phase] : []));
const textsOf = (events: readonly BuildEvent[], type: "warning" | "waiting") =>
  events.flatMap((event) => (event.type === type ? [event.text] : []));

/** Feeds records, and gives the events and the progress after them. */
function feed(...records: readonly object[]) {
  const state = new BuildState();
  const events = records.flatMap((record, atMs) =>
    state.observe(parseRecord(`@nix ${JSON.stringify(record)}`), atMs),
  );
  return { state, events, progress: state.progress(records.length) };
}
const start = (id: number, type: number, fields: unknown[] = [], parent = 0) => ({
  action: "start",
  id,
  type,
  fields,
  parent,
  level: 3,
  text: "",
});
const result = (id: number, type: number, ...fields: unknown[]) => ({ action: "result", id, type, fields });
const stop = (id: number) => ({ action: "stop", id });
const drv = (name: string) => `/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-${name}.drv`;

test.each(["2.8/01-success", "2.26/01-success", "2.34/01-success"])(
  "a build of two derivations, %s",
  (name) => {
    const { state, events, output } = replay(name);
    expect(phasesOf(events)).toEqual(["query", "build"]);
    const steps = events.flatMap((event) =>
      event.type === "build-started" || event.type === "build-finished"
        ? [`${event.type} ${event.name}`]
        : [],
    );
    expect(steps).toEqual([
      "build-started base-tools",
      "build-finished base-tools",
      "build-started nixos-disk-image",
      "build-finished nixos-disk-image",
    ]);
    expect(state.started).toContain(output!.drvPath);
    expect(state.progress(0)).toEqual({
      downloadedBytes: 0,
      transfers: [],
      built: 2,
      buildsTotal: 2,
      running: [],
    });
  },
);

test("log lines come with their derivation, safe to show", () => {
  const { events } = replay("2.26/01-success");
  const lines = events.flatMap((event) =>
    event.type === "log" && event.name === "nixos-disk-image" ? [event.line] : [],
  );
  expect(lines).toContain("copying path 4");
  expect(lines).toContain("progress 100%");
  expect(lines).toContain("colour: red and latin1 \ufffd byte");
});

test("the phase of a running derivation and its time are told", () => {
  const phases = new Set<string>();
  replay("2.26/01-success", (state, atMs) => {
    for (const { name, phase, elapsedMs } of state.progress(atMs).running) {
      if (name === "nixos-disk-image" && phase !== undefined) phases.add(phase);
      expect(elapsedMs).toBeGreaterThanOrEqual(0);
    }
  });
  expect([...phases]).toEqual(["unpackPhase", "buildPhase"]);
});

test.each(["2.26/02-noop-rebuild", "2.34/02-noop"])("nothing to do, %s", (name) => {
  const { state, events } = replay(name);
  expect(phasesOf(events)).toEqual(["query"]);
  expect(state.started.size).toBe(0);
  expect(state.copied.size).toBe(0);
  expect(state.progress(0)).toMatchObject({ built: 0, buildsTotal: 0 });
});

test("two at once", () => {
  let most = 0;
  const { events } = replay("2.26/parallel", (state, atMs) => {
    most = Math.max(most, state.progress(atMs).running.length);
  });
  expect(most).toBe(2);
  expect(events.filter(({ type }) => type === "build-finished")).toHaveLength(3);
});

test("a download: bytes of the store paths, never going back, never more than the total", () => {
  const seen: BuildProgress[] = [];
  const { state, events } = replay("2.26/90-substitute-http", (current, atMs) =>
    seen.push(current.progress(atMs)),
  );
  expect(phasesOf(events)).toEqual(["query", "fetch", "build"]);
  for (const [index, { downloadedBytes, downloadTotalBytes = 0, built, buildsTotal }] of seen.entries()) {
    expect(downloadedBytes).toBeGreaterThanOrEqual(seen[index - 1]?.downloadedBytes ?? 0);
    expect(downloadedBytes).toBeLessThanOrEqual(downloadTotalBytes);
    expect(built).toBeLessThanOrEqual(buildsTotal);
  }
  expect(seen.at(-1)).toMatchObject({ downloadTotalBytes: 33_557_032, built: 1, buildsTotal: 1 });
  expect(seen.at(-1)!.downloadedBytes).toBeGreaterThan(33_000_000);
  expect([...state.copied].map((path) => path.slice(44))).toEqual(["dep-closure", "image-big"]);
});

test("what a builder downloads, and what a builder only claims to download, does not count", () => {
  const { progress } = feed(
    start(1, 105, [drv("fetch"), "", 1, 1]),
    start(2, 101, ["https://example.org/source.tar.gz"], 1),
    result(2, 105, 500, 1000, 0, 0),
  );
  expect(progress.downloadedBytes).toBe(0);
  expect(progress).not.toHaveProperty("downloadTotalBytes");
});

test("a flake input counts, a question to the cache does not", () => {
  const { progress } = feed(
    start(1, 101, ["https://example.org/input.tar.gz"]),
    result(1, 105, 500, 1000, 0, 0),
    start(2, 101, ["https://cache.example/nix-cache-info"]),
    result(2, 105, 21, 21, 0, 0),
  );
  expect(progress).toMatchObject({ downloadedBytes: 500, downloadTotalBytes: 1000 });
});

test("a transfer that starts over does not make the bytes go back", () => {
  const { state } = feed(
    start(1, 100, ["/nix/store/x"]),
    start(2, 101, ["https://c/nar/1"], 1),
    result(2, 105, 900, 1000, 0, 0),
  );
  state.progress(0);
  state.observe(parseRecord(`@nix ${JSON.stringify(result(2, 105, 10, 1000, 0, 0))}`), 1);
  expect(state.progress(1).downloadedBytes).toBe(900);
});

test("counters that go down are clamped, and a success ends even", () => {
  const { state, progress } = feed(start(1, 104), result(1, 105, 2, 3, 0, 0), result(1, 105, 1, 1, 0, 0));
  expect(progress).toMatchObject({ built: 2, buildsTotal: 2 });
  state.observe(parseRecord(`@nix ${JSON.stringify(result(1, 105, 2, 3, 0, 0))}`), 1);
  expect(state.progress(1)).toMatchObject({ built: 2, buildsTotal: 3 });
  state.close(true, 2);
  expect(state.progress(2)).toMatchObject({ built: 2, buildsTotal: 2 });
});

test("activities that a nix which went away left open are closed", () => {
  const { events, state } = replay("2.26/77-daemon-worker-killed");
  const started = events.filter(({ type }) => type === "build-started");
  expect(started.length).toBeGreaterThan(0);
  expect(events.filter(({ type }) => type === "build-finished")).toHaveLength(started.length);
  expect(state.progress(0).running).toEqual([]);
});

test("a derivation that a remote builder reports as well is one build", () => {
  const { events } = feed(
    start(1, 105, [drv("image"), "ssh-ng://builder", 1, 1]),
    start(2, 105, [drv("image"), "", 1, 1]),
    result(2, 101, "line"),
    stop(2),
    stop(1),
  );
  expect(events.map(({ type }) => type)).toEqual(["phase", "build-started", "log", "build-finished"]);
});

test("records that do not fit are passed over", () => {
  const { events, progress } = feed(
    stop(9),
    result(9, 101, "no such build"),
    result(9, 105, 1, 2, 0, 0),
    start(1, 113, ["/x", 0]),
    result(1, 10109, "x"),
    start(2, 105, []),
    start(3, 101, [7]),
    start(4, 105, [drv("image"), "", 1, 1]),
    start(4, 105, [drv("image"), "", 1, 1]),
    result(4, 104),
    result(4, 101, 5),
    stop(4),
    stop(4),
  );
  expect(events.map(({ type }) => type)).toEqual(["phase", "build-started", "build-finished"]);
  expect(progress).toMatchObject({ downloadedBytes: 0, running: [] });
});

test("waiting for another build is told", () => {
  expect(textsOf(replay("2.26/97-waiting-for-lock").events, "waiting")).toEqual([
    "waiting for lock on '/nix/store/m2ijb6cyrfmfb6bs4p1765ynmasg5gvn-slow-image'",
  ]);
});

test("warnings are told once, whatever their level", () => {
  expect(textsOf(replay("2.26/28-dirty-tree").events, "warning")).toEqual([
    "Git tree '/home/dev/flake' is dirty",
  ]);
  expect(textsOf(replay("2.26/23-trace-warn").events, "warning")).toEqual([
    "trace: trace: hello from eval",
    "deprecated option used",
  ]);
  const ignored = textsOf(replay("2.26/88-untrusted-user-restricted-option").events, "warning");
  expect(ignored).toHaveLength(3);
  expect(ignored[0]).toMatch(
    /^ignoring the client-specified setting 'builders', because it is a restricted setting/,
  );
});

test("settings that a flake brings along and nix ignores are told", () => {
  const warnings = textsOf(replay("2.26/99-nixconfig").events, "warning");
  expect(warnings.join()).toContain("ignoring untrusted flake configuration setting 'post-build-hook'");
});

test("errors on the way to a success are warnings", () => {
  const { events, output } = replay("2.26/94-substitute-cut-fallback");
  expect(output).toBeDefined();
  expect(textsOf(events, "warning")).toContain("error: substituter 'http://127.0.0.1:8097' is disabled");
});

test("the error that ends a build is no warning as well", () => {
  expect(textsOf(replay("2.26/08-missing-attr").events, "warning")).toEqual([]);
});

test("two hundred thousand lines and a flood of messages are kept within bounds", () => {
  const state = new BuildState();
  state.observe(parseRecord(`@nix ${JSON.stringify(start(1, 105, [drv("image"), "", 1, 1]))}`), 0);
  for (let index = 0; index < 200_000; index++) {
    state.observe({ action: "result", id: "1", type: 101, fields: [`line ${index}`] }, index);
  }
  for (let index = 0; index < 5000; index++) {
    const text = `error: forged ${index} ${"x".repeat(100_000)}`;
    state.observe(
      {
        action: "msg",
        level: 0,
        text,
        rawText: undefined,
        file: undefined,
        line: undefined,
        column: undefined,
      },
      0,
    );
    state.observe({ action: "plain", text }, 0);
  }
  expect(state.logs.of(drv("image"))).toHaveLength(200);
  expect(state.messages.length + state.otherLines.length).toBeLessThanOrEqual(1000);
  expect(
    Math.max(...[...state.messages.map(({ text }) => text), ...state.otherLines].map(({ length }) => length)),
  ).toBeLessThan(66_000);
});

test("every capture goes through without an exception", () => {
  for (const name of [
    "2.8/70-daemon",
    "2.26/90-substitute-http",
    "2.26/75-daemon-sigint",
    "2.34/96-big-pid",
  ]) {
    expect(readCapture(name).stderrLines.length).toBeGreaterThan(0);
    expect(() => replay(name)).not.toThrow();
  }
});
