import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { inTerminal } from "./in-terminal.ts";
import { cli, cliArgv, jsonLines } from "./run-cli.ts";
import { isRoot, standInHost, type StandInHost } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let host: StandInHost;

beforeAll(async () => {
  host = await standInHost();
  const template = "images: [{location: /etc/passwd}]";
  const vm = await createLima({ ...host.fake.options, env: host.env }).launch({ name: "vm", template });
  await vm.detach();
});

afterAll(() => host[Symbol.asyncDispose]());

describe("logs --follow", () => {
  it("shows every source with its prefix, from its last lines on, and then what comes", async () => {
    await host.fake.addProgram("journalctl", { stdout: "booted\nlogged in\n" });
    const serial = join(host.fake.options.home, "vm/serial.log");
    await writeFile(serial, "one\ntwo\nthree\n");
    let written = false;
    const run = await cli(["logs", "vm", "--follow", "--lines", "2"], {
      env: host.env,
      onOutput(text, child) {
        if (!written && text.includes("three")) {
          written = true;
          void writeFile(serial, "\u001b[31mfour\u001b[0m\n", { flag: "a" });
        }
        if (text.includes("four") && text.includes("logged in")) child.kill("SIGINT");
      },
    });
    expect(run.status).toBe(130);
    const lines = run.stdout.split("\n");
    expect(lines.filter((line) => line.startsWith("serial"))).toEqual([
      "serial  | two",
      "serial  | three",
      "serial  | four",
    ]);
    expect(lines).toEqual(expect.arrayContaining(["journal | booted", "journal | logged in"]));
    expect(run.stdout).toMatch(/^agent {3}\| .*requirement/m);
    await rm(join(host.fake.directory, "programs/journalctl"));
  });
});

describe("status --watch", () => {
  it("on a terminal one picture is drawn over, also on a narrow one", async () => {
    let stopped = false;
    let left = false;
    const { screen, wrapped } = await inTerminal([...cliArgv, "status", "vm", "--watch"], {
      columns: 40,
      env: host.env,
      onOutput(raw, type) {
        if (!stopped && raw.includes("Running")) {
          stopped = true;
          void cli(["stop", "vm", "--force"], { env: host.env });
        }
        // A second Ctrl-C would leave at once.
        if (!left && raw.includes("Stopped")) {
          left = true;
          type("\u0003");
        }
      },
    });
    expect(screen.filter((line) => line.startsWith("status"))).toEqual(["status     Stopped"]);
    expect(screen.join("\n")).not.toContain("Running");
    expect(wrapped || screen.every((line) => line.length <= 40)).toBe(true);
  });

  it("without one every change is shown, and it ends when the VM is gone", async () => {
    let deleted = false;
    const { status, stdout, stderr } = await cli(["status", "vm", "--watch", "--json"], {
      env: host.env,
      onOutput() {
        if (deleted) return;
        deleted = true;
        void cli(["delete", "vm"], { env: host.env });
      },
    });
    expect(status).toBe(0);
    expect(jsonLines(stdout)[0]).toMatchObject({ name: "vm", status: "Stopped" });
    expect(stderr).toMatch(/vm is gone\n$/);
  });
});

describe.skipIf(isRoot)("up on a terminal", () => {
  it("shows the guest's console below the live line when the boot is slow, and leaves one line for each phase", async () => {
    // Longer than it takes until something is said of a start that says nothing.
    await host.fake.setFaults({ bootMs: 13_000 });
    const run = await inTerminal([...cliArgv, "up", "slow", "--no-build"], {
      env: { ...host.env, NO_COLOR: "1" },
      columns: 90,
    });
    await host.fake.setFaults({});
    expect(run.status, run.raw).toBe(0);
    expect(run.raw).toMatch(/⠋ start slow · [\d.]+ s · boot: [^\n]*ssh/);
    expect(run.raw).toContain("  │ the fake guest boots");
    expect(run.screen.join("\n")).not.toMatch(/│|⠋/);
    expect(run.screen).toEqual(
      expect.arrayContaining([expect.stringMatching(/^✓ start slow: ready \(\d+ s\)$/), "slow is ready"]),
    );
    expect(run.wrapped).toBe(false);
  });

  it("Ctrl-C leaves a clean screen and no VM", async () => {
    await host.fake.setFaults({ start: "hangs" });
    let pressed = false;
    const run = await inTerminal([...cliArgv, "up", "stuck", "--no-build"], {
      env: { ...host.env, NO_COLOR: "1" },
      onOutput(raw, type) {
        if (pressed || !raw.includes("requirement")) return;
        pressed = true;
        type("\u0003");
      },
    });
    await host.fake.setFaults({});
    expect(run.status).toBe(130);
    expect(run.screen.at(-1)).toBe("interrupted by SIGINT");
    const { stdout } = await cli(["list", "--json"], { env: host.env });
    expect(jsonLines(stdout).map((instance) => instance["name"])).toEqual(["slow"]);
  });
});
