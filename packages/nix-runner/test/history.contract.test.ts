import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";

import { build, type BuildEvent } from "../src/index.ts";
import { start } from "./contract.ts";

const progressOf = (events: readonly BuildEvent[]) => events.filter((event) => event.type === "progress");

test("a build that was made before tells how long it usually takes, and what is left", async () => {
  const { options, events, flake } = start("paced");
  await build(options);
  expect(progressOf(events).flatMap(({ running }) => running)).not.toContainEqual(
    expect.objectContaining({ usualMs: expect.anything() }),
  );
  const first = events.length;
  writeFileSync(join(flake, "salt.nix"), `"${randomUUID()}"\n`);
  expect(await build(options)).toMatchObject({ outcome: "built" });
  const running = progressOf(events.slice(first)).filter((event) => event.running.length > 0);
  for (const {
    running: [paced],
    remainingMs,
  } of running) {
    expect(paced).toMatchObject({ name: "paced", usualMs: expect.any(Number) });
    expect(remainingMs).toBe(Math.max(0, paced!.usualMs! - paced!.elapsedMs));
  }
  // Nothing else happens while it sleeps: the counters come once a second all the same.
  expect(running.length).toBeGreaterThan(1);
});

test("a history that cannot be written is no failure", async () => {
  const { options, stateDirectory } = start("base");
  mkdirSync(join(stateDirectory, "roots"), { recursive: true });
  chmodSync(stateDirectory, 0o500);
  expect(await build(options)).toMatchObject({ outcome: "built" });
  chmodSync(stateDirectory, 0o700);
});
