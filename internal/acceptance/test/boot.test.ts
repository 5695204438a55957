import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { assembleBootTimeline } from "../src/boot/assemble.ts";
import { parseGuestBoot } from "../src/boot/parse-guest-boot.ts";
import { readBootTimeline, type Guest } from "../src/index.ts";

/** What the reference guest said under emulation, where the firmware tells systemd nothing. */
const said = readFileSync(join(import.meta.dirname, "fixtures/guest-boot.txt"), "utf8");

it("reads the times of a real guest: its kernel, its units, and no firmware", () => {
  const boot = parseGuestBoot(said)!;
  expect(boot).toMatchObject({
    uptimeSeconds: 166.61,
    userspaceSeconds: 21.375221,
    finishedSeconds: 147.54366,
  });
  expect(boot).not.toHaveProperty("firmwareSeconds");
  expect(boot.units.find(({ name }) => name === "ssh.service")).toEqual({
    name: "ssh.service",
    startSeconds: 72.719072,
    seconds: 76.46268 - 72.719072,
  });
});

it("sets the guest's clock on the host's by its uptime, phase after phase without gaps", () => {
  const guest = parseGuestBoot(said)!;
  const timeline = assembleBootTimeline(guest, { saidAt: 170, firstShellSeconds: 168, machineBegun: 2.5 });
  expect(timeline.phases).toEqual([
    { name: "host", startSeconds: 0, seconds: 2.5 },
    { name: "firmware", startSeconds: 2.5, seconds: 0.89 },
    { name: "kernel", startSeconds: 3.39, seconds: 21.375 },
    { name: "units", startSeconds: 24.765, seconds: 126.168 },
  ]);
  expect(timeline.firstShellSeconds).toBe(168);
  const starts = timeline.units.map(({ startSeconds }) => startSeconds);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(Math.min(...starts)).toBeGreaterThan(24.765);
});

it("tells firmware, boot loader and initrd apart where the guest does", () => {
  const guest = {
    uptimeSeconds: 10,
    firmwareSeconds: 3,
    loaderSeconds: 1,
    initrdSeconds: 0.5,
    userspaceSeconds: 2,
    finishedSeconds: 9,
    units: [],
  };
  expect(assembleBootTimeline(guest, { saidAt: 15, firstShellSeconds: 14.5 }).phases).toEqual([
    { name: "host", startSeconds: 0, seconds: 2 },
    { name: "firmware", startSeconds: 2, seconds: 2 },
    { name: "boot loader", startSeconds: 4, seconds: 1 },
    { name: "kernel", startSeconds: 5, seconds: 0.5 },
    { name: "initrd", startSeconds: 5.5, seconds: 1.5 },
    { name: "units", startSeconds: 7, seconds: 7 },
  ]);
});

it("a guest that is still starting units has them until the first shell; one that knows nothing is host and kernel", () => {
  const unknown = { uptimeSeconds: 10, units: [] };
  expect(assembleBootTimeline(unknown, { saidAt: 15, firstShellSeconds: 14 }).phases).toEqual([
    { name: "host and firmware", startSeconds: 0, seconds: 5 },
    { name: "kernel", startSeconds: 5, seconds: 9 },
  ]);
});

it("a guest that does not tell, or that cannot be asked, has no timeline, and that is no fault", async () => {
  const ask = (exec: Guest["exec"]) =>
    readBootTimeline({
      guest: { exec },
      signal: new AbortController().signal,
      firstShellSeconds: 1,
      secondsSinceStart: () => 2,
    });
  expect(await ask(() => Promise.resolve({ exitCode: 127, stdout: "", stderr: "" }))).toBeUndefined();
  expect(await ask(() => Promise.resolve({ exitCode: 0, stdout: "hello\n", stderr: "" }))).toBeUndefined();
  expect(await ask(() => Promise.reject(new Error("ssh is gone")))).toBeUndefined();
});
