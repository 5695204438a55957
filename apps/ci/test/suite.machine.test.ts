import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Report } from "@sysinit-internal/acceptance";
import { expect, it, onTestFinished } from "vitest";

import { installable } from "../../../test/reference-guest.ts";

const main = join(import.meta.dirname, "../src/main.ts");

it("a suite is run in a real VM: units, ports, files, commands, fixtures, limits, and how it booted", async () => {
  const work = await mkdtemp(join(tmpdir(), "ci-"));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  for (const directory of ["home/.ssh", "home/projects", "fixtures"])
    await mkdir(join(work, directory), { recursive: true });
  await writeFile(join(work, "fixtures/words"), "fig\napple\n");
  await writeFile(
    join(work, "lima-ci.yaml"),
    `name: reference guest
image: "${installable("image")}"
limits: { imageBytes: 2GiB, bootSeconds: 3600 }
fixtures: [{ from: fixtures, to: /tmp/fixtures }]
setup: [{ script: "sort /tmp/fixtures/words > /tmp/sorted" }]
checks:
  - builtin: vm.whoami
  - { unit: systemd-networkd.service, group: looks }
  - { port: 22, group: looks }
  - { file: /etc/shadow, user: root, mode: "0640", owner: "root:shadow", content: { contains: "root:" } }
  - { file: /etc/no-such-file, absent: true }
  - { id: sorted, command: [cat, /tmp/sorted], stdout: "apple\\nfig" }
  - { id: missing-unit, title: a unit that is not there, script: "systemctl is-active no-such.service", status: 4, stdout: inactive }
  - { unit: no-such.service }
  - { id: after, needs: ["unit:no-such.service"], command: ["true"] }
teardown: [{ command: [rm, /tmp/sorted] }]
`,
  );
  const args = [
    "--report",
    "report.json",
    "--html",
    "report.html",
    "--collect",
    "always",
    "--timeout",
    "1500",
  ];
  const child = spawn(process.execPath, ["--conditions=@sysinit/source", main, "run", ...args], {
    cwd: work,
    env: { ...process.env, NO_COLOR: "1", HOME: join(work, "home"), LIMA_HOME: join(work, "lima") },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  const report = JSON.parse(await readFile(join(work, "report.json"), "utf8")) as Report;
  const verdicts = Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toEqual({
    "image.build": "pass",
    "image.install": "pass",
    "image.size": "pass",
    "vm.start": "pass",
    "vm.boot-time": "pass",
    "suite.fixtures": "pass",
    "suite.setup": "pass",
    "vm.whoami": "pass",
    "unit:systemd-networkd.service": "pass",
    "port:22": "pass",
    "file:/etc/shadow": "pass",
    "file:/etc/no-such-file": "pass",
    sorted: "pass",
    "missing-unit": "pass",
    "unit:no-such.service": "fail",
    after: "skip",
    "suite.teardown": "pass",
    "vm.stop": "pass",
    "vm.delete": "pass",
  });
  expect(status).toBe(1);

  // The phases follow one another from the start of limactl, and the first shell is not there before the units begin.
  const { phases, units, firstShellSeconds } = report.boot!;
  expect(phases.map(({ name }) => name)).toEqual(expect.arrayContaining(["kernel", "units"]));
  for (const [index, phase] of phases.entries()) {
    const before = phases[index - 1];
    expect(phase.startSeconds).toBeCloseTo(
      before === undefined ? 0 : before.startSeconds + before.seconds,
      2,
    );
  }
  expect(firstShellSeconds).toBeGreaterThan(phases.find(({ name }) => name === "units")!.startSeconds);
  expect(units.length).toBeGreaterThan(3);

  const artifacts = (name: string) => readFile(join(work, "lima-ci-artifacts", name), "utf8");
  expect(await artifacts("boot-plot.svg")).toContain("first shell");
  expect(await artifacts("guest-journal.txt")).toContain("systemd");
  expect(await artifacts("manifest.json")).toContain('"path": "serial.log"');
  expect(await readFile(join(work, "report.html"), "utf8")).toContain("<h3>Boot</h3>");
  expect(existsSync(join(work, "lima/lima-ci"))).toBe(false);
});
