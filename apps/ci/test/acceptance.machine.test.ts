import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { rows, type Report } from "@sysinit-internal/acceptance";
import { describe, expect, it, onTestFinished } from "vitest";

import { installable, type ReferenceGuest } from "../../../test/reference-guest.ts";

const root = join(import.meta.dirname, "../../..");
const main = join(import.meta.dirname, "../src/main.ts");

/** Every limactl that the run is made with, by hack/test; else the one on PATH. */
const limactls = (process.env["LIMACTL_ALL"] ?? "limactl").split(delimiter);

interface Run {
  status: number | null;
  stdout: string;
}

/** Runs the app as a pipeline would; its talk goes to the test's log as it comes. */
function limaCi(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const child = spawn(process.execPath, ["--conditions=@sysinit/source", main, "run", ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

async function workFolder(): Promise<{ work: string; env: Record<string, string> }> {
  const work = await mkdtemp(join(tmpdir(), "ci-"));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  const home = join(work, "home");
  await mkdir(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  await mkdir(join(home, "projects"));
  await writeFile(join(home, ".ssh/id_test.pub"), "ssh-ed25519 AAAA made up\n");
  await writeFile(join(home, "projects/notes.txt"), "mine\n");
  return { work, env: { HOME: home, LIMA_HOME: join(work, "lima") } };
}

const runs: [limactl: string, guest: ReferenceGuest][] = [
  ...limactls.map((limactl): [string, ReferenceGuest] => [limactl, "image"]),
  [limactls[0]!, "imageWithNixosUnits"],
];

describe.each(runs)("on %s, %s", (limactl, guest) => {
  it("the reference guest passes every VM row, and nothing is left", async () => {
    const { work, env } = await workFolder();
    const path = limactl.includes("/")
      ? `${dirname(limactl)}${delimiter}${process.env["PATH"]}`
      : process.env["PATH"]!;
    const { status, stdout } = await limaCi(
      [
        ...["--installable", installable(guest), "--template", join(root, "lima/templates/minimal.yaml")],
        ...["--report", join(work, "report.json"), "--junit", join(work, "report.xml")],
        ...["--artifacts", join(work, "artifacts")],
      ],
      { ...env, PATH: path },
    );
    const report = JSON.parse(await readFile(join(work, "report.json"), "utf8")) as Report;
    const bad = report.checks.filter(({ verdict }) => verdict === "fail" || verdict === "error");
    expect(bad, stdout).toEqual([]);
    const vmRows = report.checks.filter(({ id }) => id.startsWith("vm."));
    expect(vmRows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).filter((id) => id.startsWith("vm.")));
    expect(vmRows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(status).toBe(0);

    expect(await readFile(join(work, "report.xml"), "utf8")).toContain('failures="0" errors="0"');
    expect(existsSync(join(env["LIMA_HOME"]!, "test-minimal"))).toBe(false);
    expect(existsSync(join(env["HOME"]!, "projects/notes.txt"))).toBe(true);
  });
});

it("an installable that cannot be built ends with 3, with the reports written", async () => {
  const { work, env } = await workFolder();
  const { status } = await limaCi(
    [
      "--installable",
      installable("no-such-image" as ReferenceGuest),
      "--report",
      join(work, "report.json"),
      "--artifacts",
      join(work, "artifacts"),
    ],
    env,
  );
  expect(status).toBe(3);
  const report = JSON.parse(await readFile(join(work, "report.json"), "utf8")) as Report;
  expect(report.checks.find(({ id }) => id === "image.build")).toMatchObject({ verdict: "error" });
  expect(report.checks.find(({ id }) => id === "vm.whoami")).toMatchObject({ evidence: "not reached" });
  expect(existsSync(join(work, "artifacts/lima-ci.log"))).toBe(true);
});
