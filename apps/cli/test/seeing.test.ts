import { existsSync, writeFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { inTerminal, markSequence } from "./in-terminal.ts";
import { cli, cliArgv, jsonLines } from "./run-cli.ts";
import { isRoot, standInHost, type StandInHost } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let host: StandInHost;

/** The CLI in a terminal of 80 columns that has 40 as soon as there is a file of that name. */
function becomingNarrow(args: readonly string[], file: string): string[] {
  const script =
    'file=$1 mark=$2; shift 2; (while [ ! -e "$file" ]; do sleep 0.1; done; printf %s "$mark"; stty cols 40) <&3 3<&- & exec "$@"';
  return ["sh", "-c", `exec 3<&0; ${script}`, "sh", file, markSequence("columns 40"), ...cliArgv, ...args];
}

/** Whether a text was drawn in the terminal that had become narrow. */
const drawnAfterResize = (raw: string, text: string) =>
  raw.split(markSequence("columns 40"))[1]?.includes(text) ?? false;

beforeAll(async () => {
  host = await standInHost();
  const template = "images: [{location: /etc/passwd}]";
  const vm = await createLima({ ...host.fake.options, env: host.env }).launch({ name: "vm", template });
  await vm.detach();
});

afterAll(() => host[Symbol.asyncDispose]());

describe("tables on a terminal", () => {
  const see = async (args: string[], columns: number) => {
    const env = { ...host.env, NO_COLOR: "1" };
    const cwd = await host.project("shop", "image: lima-minimal\nlifetime: { ttl: 8h }\n");
    const { raw } = await inTerminal([...cliArgv, ...args], { columns, env, cwd });
    return raw.trimEnd().split("\r\n");
  };

  it.each(["list", "images list", "images prune --dry-run", "config show --origin", "doctor"])(
    "%s has no line that is too long, also in 40 columns, and no colour with NO_COLOR",
    async (command) => {
      for (const columns of [80, 40]) {
        const lines = await see(command.split(" "), columns);
        expect(lines.join("\n")).not.toContain("\u001b");
        // One word, such as a path, stays whole, and what doctor says to do is a sentence.
        const long = lines.filter((line) => line.length > columns);
        expect(long.filter((line) => !/^(?:\S* +)?\S+$|^\w+: /.test(line))).toEqual([]);
      }
    },
  );

  it("the help fits into the 80 columns of a usual one", async () => {
    expect((await see(["help"], 80)).filter((line) => line.length > 80)).toEqual([]);
  });

  it("a narrow one has fewer columns, a very narrow one a record for each row", async () => {
    expect(await see(["images", "list"], 40)).toEqual([
      "NAME          GENERATION     SIZE",
      "lima-minimal  1 (latest)  1.0 MiB",
    ]);
    expect((await see(["config", "show", "--origin"], 40)).map((line) => line.split(/ +/)[0])).toEqual(
      "SETTING ORIGIN VALUE  SETTING ORIGIN VALUE".split(" "),
    );
  });
});

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

describe("logs --follow on a terminal", () => {
  it.each([
    [undefined, true],
    ["1", false],
  ])("has prefixes that are dim unless NO_COLOR is set (%s), until Ctrl-C", async (NO_COLOR, isDim) => {
    let left = false;
    const run = await inTerminal([...cliArgv, "logs", "vm", "--follow", "--lines", "2"], {
      columns: 40,
      env: { ...host.env, NO_COLOR },
      onOutput(raw, type) {
        if (left || !raw.includes("four")) return;
        left = true;
        type("\u0003");
      },
    });
    expect(run.status).toBe(130);
    expect(run.screen).toEqual(expect.arrayContaining(["serial  | three", "serial  | four"]));
    expect(run.raw.includes("\u001b[2mserial  |\u001b[22m")).toBe(isDim);
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

  it("one that becomes narrower is drawn anew, and nothing of the wide picture is left", async () => {
    const narrow = join(host.work, "narrow");
    let left = false;
    const { screen } = await inTerminal(becomingNarrow(["status", "vm", "--watch"], narrow), {
      env: host.env,
      onOutput(raw, type) {
        if (!existsSync(narrow) && raw.includes("Stopped")) writeFileSync(narrow, "");
        if (left || !drawnAfterResize(raw, "Stopped")) return;
        left = true;
        type("\u0003");
      },
    });
    expect(screen.filter((line) => line.startsWith("status"))).toEqual(["status     Stopped"]);
    expect(screen.filter((line) => line.startsWith("name"))).toEqual(["name       vm"]);
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

  it("a terminal that becomes narrower while the VM boots has nothing left of the wide lines", async () => {
    const narrow = join(host.work, "narrow-up");
    await host.fake.setFaults({ bootMs: 6_000 });
    const run = await inTerminal(becomingNarrow(["up", "resized", "--no-build"], narrow), {
      env: { ...host.env, NO_COLOR: "1" },
      onOutput(raw) {
        if (!existsSync(narrow) && raw.includes("requirement")) writeFileSync(narrow, "");
      },
    });
    await host.fake.setFaults({});
    expect(run.status, run.raw).toBe(0);
    expect(drawnAfterResize(run.raw, "start resized")).toBe(true);
    expect(run.screen.join("\n")).not.toMatch(/⠋|requirement/);
    expect(run.screen).toEqual(expect.arrayContaining([expect.stringMatching(/^✓ start resized: ready \(/)]));
  });

  it("Ctrl-C leaves a clean screen and no VM", async () => {
    await host.fake.setFaults({ start: "hangs" });
    let pressed = false;
    const run = await inTerminal([...cliArgv, "up", "stuck", "--no-build"], {
      // So that the live line is a full one, behind which the terminal shows ^C.
      columns: 60,
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
    expect(run.screen.join("\n")).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    const { stdout } = await cli(["list", "--json"], { env: host.env });
    expect(jsonLines(stdout).map((instance) => instance["name"])).toEqual(["resized", "slow"]);
  });
});
