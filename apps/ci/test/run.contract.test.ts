import { cp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { installFakeLimactl } from "@sysinit/lima-control/fake";
import { isFlaky, rows as requirementRows, type Report } from "@sysinit-internal/acceptance";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { fakeMachine, type FakeMachine, type Ran } from "./fake-machine.ts";

let machine: FakeMachine;
beforeAll(async () => {
  machine = await fakeMachine();
});
afterAll(() => machine[Symbol.asyncDispose]());
afterEach(() => machine.fake.setFaults({}));

/** The rows of a report, one line each. */
function rows({ report, stderr }: Ran): string[] {
  expect(report.checks, stderr).toBeDefined();
  return report.checks.map(({ id, verdict, evidence }) =>
    `${id} ${verdict}: ${evidence.split("\n")[0]!}`.replaceAll(machine.work, "WORK"),
  );
}

const passing = 'checks: [{ id: fine, command: ["true"] }]';

describe("a suite in a pipeline", () => {
  const hostile =
    "::error::I am the runner\n##[add-mask]x\n\u001b]0;title\u0007\u001b[2J::set-output name=a::b";
  const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";
  let ran: Ran;
  beforeAll(async () => {
    await machine.fake.addProgram("hostile", { stdout: `${hostile}\n${key}\n`, exitCode: 3 });
    await machine.fake.addProgram("journalctl", { stdout: `sshd says ${key}\n` });
    await machine.write("summary.md", "before\n");
    await machine.write("greeting.txt", "hello from the host\n");
    const guestFile = `${machine.work}/guest-greeting`;
    const suite = `
limits: { bootSeconds: 0.001, imageBytes: 1KiB }
fixtures: [{ from: greeting.txt, to: ${guestFile} }]
setup: [{ script: "echo set up >> ${guestFile}" }]
checks:
  - { id: greeting, command: [cat, ${guestFile}], stdout: { matches: "^set up$" } }
  - { id: bad, command: [hostile] }
  - { id: needing, needs: [bad], command: ["true"] }
  - { id: file, file: ${guestFile}, mode: "0644" }
teardown: [{ command: [rm, ${guestFile}] }]`;
    ran = await machine.run(suite, ["--html", "report.html"], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: join(machine.work, "summary.md"),
    });
  });

  it("is run: fixtures, setup, limits, checks in their order, teardown, and nothing is left", async () => {
    expect(rows(ran)).toEqual([
      "image.build skip: not built: the file disk.raw",
      "image.install pass: install of the file disk.raw as disk: installed, generation 1",
      "image.size fail: 1 MiB",
      "vm.start pass: lima-ci is ready",
      expect.stringMatching(/^vm.boot-time fail: .* limit 0.001 s under tcg, set by the suite$/),
      "suite.fixtures pass: greeting.txt → WORK/guest-greeting",
      "suite.setup pass: 1 step",
      "greeting pass: hello from the host",
      "bad fail: exit status 3, not 0: ::error::I am the runner",
      "needing skip: needs bad, which failed",
      expect.stringMatching(/^file pass: WORK\/guest-greeting: regular file, 644/),
      "suite.teardown pass: 1 step",
      "vm.stop pass: status Stopped",
      expect.stringMatching(/^vm.delete pass: .* are gone$/),
    ]);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain("9 passed, 3 failed, 0 not judged, 2 skipped");
    await expect(machine.read("guest-greeting")).rejects.toThrow("ENOENT");
  });

  it("leaves logs, serial console, journal and boot plot with a manifest of hashes, and no private key", async () => {
    const files = await readdir(join(machine.work, "lima-ci-artifacts"));
    expect(files).toEqual(
      expect.arrayContaining([
        "boot-plot.svg",
        "guest-journal.txt",
        "lima-ci.log",
        "manifest.json",
        "serial.log",
      ]),
    );
    const manifest = JSON.parse(await machine.read("lima-ci-artifacts/manifest.json")) as {
      files: { path: string }[];
    };
    const others = files.filter((file) => file !== "manifest.json").toSorted();
    expect(manifest.files.map(({ path }) => path)).toEqual(others);
    expect(manifest.files[0]).toMatchObject({
      bytes: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    for (const file of [...files.map((name) => `lima-ci-artifacts/${name}`), "report.json", "report.html"]) {
      expect(await machine.read(file), file).not.toContain("c2VjcmV0");
    }
  });

  it("cannot give the runner commands; its steps are groups, its failures annotations", async () => {
    const log = `${ran.stdout}\n${ran.stderr}`;
    const commands = log.split("\n").filter((line) => /^\s*::|##\[/.test(line));
    expect(commands.filter((line) => !/^::(group::|endgroup::)/.test(line))).toEqual([
      expect.stringMatching(/^::error title=image.size::/),
      expect.stringMatching(/^::error title=vm.boot-time::/),
      expect.stringMatching(
        /^::error file=lima-ci\.yaml,line=10,title=bad::hostile: exit status 3, not 0: ::error::/,
      ),
    ]);
    expect(commands).toContain("::group::start lima-ci");
    expect(log).not.toContain("\u001b]");
    expect(await machine.read("summary.md")).toMatch(/^before\n<h3>❌ <code>a suite<\/code><\/h3>/);
  });
});

it("a run that could not be made is tried again, and the report says so", async () => {
  await machine.fake.setFaults({ start: "fails" });
  const ran = await machine.run(passing, ["--retries", "1", "--tap", "report.tap", "--collect", "never"]);
  expect(ran.status).toBe(3);
  expect(ran.report.attempts).toMatchObject([{ code: "START_FAILED" }]);
  expect(ran.report.failure).toMatchObject({ code: "START_FAILED" });
  expect(await machine.read("report.tap")).toContain("# attempt 1 could not be made: ");
  expect(ran.stderr).toContain("attempt 1 of 2 could not be made");
});

it("what is missing on the machine is not tried again: another try does not bring it", async () => {
  const ran = await machine.run(`matrix: { lima: ["1.2.2"] }\n${passing}`, ["--retries", "2"]);
  expect(ran.status).toBe(3);
  expect(ran.stderr).toContain("wants limactl 1.2.2; limactl is 2.2.0 [LIMA_VERSION_ABSENT]");
  expect(ran.stderr).not.toContain("trying again");
});

it("a setup that fails skips the checks, and is not tried again; --keep on-failure prints the line into the VM", async () => {
  const suite = `setup: [{ command: ["false"] }]\n${passing}\nteardown: [{ command: ["true"] }]`;
  const ran = await machine.run(suite, [
    ...["--keep", "on-failure", "--name", "kept"],
    ...["--retries", "2", "--collect", "never"],
  ]);
  const { home } = machine.fake.options;
  expect(rows(ran).slice(-5)).toEqual([
    "suite.setup fail: step 1 of 1: exit status 1: exit status 1",
    "fine skip: needs suite.setup, which failed",
    "suite.teardown pass: 1 step",
    `vm.stop skip: kept: LIMA_HOME=${home} limactl shell kept`,
    `vm.delete skip: kept: LIMA_HOME=${home} limactl shell kept`,
  ]);
  expect([ran.status, ran.report.attempts]).toEqual([1, undefined]);
  expect(ran.stderr).toContain(`kept: ${ran.report.kept}\n`);
  expect((await stat(join(home, "kept"))).isDirectory()).toBe(true);

  const second = await machine.run(passing, ["--name", "kept", "--collect", "never"]);
  expect(second.stderr).toContain("instance kept exists already");
});

it("--keep on-failure keeps a VM whose start failed, with its logs, and does not try it again", async () => {
  await machine.fake.setFaults({ start: "fails" });
  const keep = ["--keep", "on-failure", "--name", "broken", "--retries", "1"];
  const ran = await machine.run(passing, [...keep, "--artifacts", "logs"]);
  expect([ran.status, ran.report.attempts, ran.report.kept]).toEqual([
    3,
    undefined,
    `LIMA_HOME=${machine.fake.options.home} limactl shell broken`,
  ]);
  expect((await stat(join(machine.fake.options.home, "broken"))).isDirectory()).toBe(true);
  expect(await readdir(join(machine.work, "logs"))).toEqual(
    expect.arrayContaining(["ha.stderr.log", "lima-ci.log", "manifest.json", "serial.log"]),
  );
  expect(ran.report.excerpts).toContainEqual({ title: "serial console", text: "the fake guest boots" });
});

it("--repeat starts as many VMs, and tells a check that sometimes fails as flaky", async () => {
  const flag = join(machine.work, "flag");
  const ran = await machine.run(
    `checks: [{ id: sometimes, script: 'if [ -e ${flag} ]; then rm ${flag}; else touch ${flag}; exit 1; fi' }]`,
    ["--repeat", "2", "--collect", "never"],
  );
  expect(ran.report.measurements?.bootSeconds).toHaveLength(2);
  const check = ran.report.checks.find(({ id }) => id === "sometimes")!;
  expect(check.rounds!.map(({ verdict }) => verdict)).toEqual(["fail", "pass"]);
  expect(isFlaky(check)).toBe(true);
  expect(check.evidence).toMatch(/^in 1 of 2 rounds: exit status 1/);
  expect(ran.stdout).toContain("fail (flaky)");
});

it("the example of a pipeline: two cells are planned, run one by one, each on its limactl, and merged", async () => {
  await using older = await installFakeLimactl({ version: "1.2.2" });
  await rm(join(machine.work, "lima-ci.yaml"), { force: true });
  await cp(join(import.meta.dirname, "../../../examples/pipeline"), machine.work, { recursive: true });
  expect((await machine.limaCi(["validate"])).stdout).toBe("lima-ci.yaml: my image, 4 checks in 2 cells\n");
  const planned = JSON.parse((await machine.limaCi(["plan", "--json"])).stdout) as { include: object[] };
  expect(planned.include).toEqual([
    { id: "2.2.0", image: "image", lima: "2.2.0" },
    { id: "1.2.2", image: "image", lima: "1.2.2" },
  ]);
  const ids = ["2.2.0", "1.2.2"];
  for (const id of ids) {
    const ran = await machine.limaCi([
      ...["run", "--only", id, "--report", `${id}.json`, "--collect", "never"],
      ...["--image-file", "disk.raw", "--limactl", machine.fake.limactl, older.limactl],
    ]);
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stderr).toContain(`lima ${id}, node`);
  }
  const files = ids.map((id) => `${id}.json`);
  const merged = await machine.limaCi(["merge", ...files, "--report", "all.json", "--junit", "all.xml"]);
  expect(merged.status, merged.stderr).toBe(0);
  expect(JSON.parse(await machine.read("all.json"))).toMatchObject({
    kind: "merged",
    verdict: "pass",
    counts: { fail: 0 },
  });
  expect(await machine.read("all.xml")).toContain(`<testsuite name="${ids[0]}: Commands"`);

  const [one, two] = files as [string, string];
  const compared = await machine.limaCi(["compare", one, two]);
  expect([compared.status, compared.stdout]).toEqual([
    0,
    expect.stringContaining(`note: cell ${ids[0]} is only in BASE`),
  ]);
  const twice = await machine.limaCi(["merge", one, one]);
  expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining("[CELL_TWICE]")]);
});

it("without a suite the project's own rows are judged, in the words of the requirements", async () => {
  await rm(join(machine.work, "lima-ci.yaml"), { force: true });
  const ids = [
    "image.install",
    "image.latest-link",
    "image.size",
    "vm.start",
    "vm.boot-time",
    "vm.shell",
    "vm.uname",
  ];
  const ran = await machine.limaCi([
    ...["run", "--image-file", "disk.raw", "--template", "vm.yaml", "--report", "own.json"],
    ...["--only", ...ids],
  ]);
  expect(ran.status, ran.stderr).toBe(0);
  const { checks, suite } = JSON.parse(await machine.read("own.json")) as Report;
  expect(checks.map(({ id, title }) => ({ id, title }))).toEqual(
    requirementRows.filter(({ id }) => ids.includes(id)).map(({ id, title }) => ({ id, title })),
  );
  expect(checks.every(({ verdict }) => verdict === "pass")).toBe(true);
  expect(suite).toBeUndefined();
  expect(ran.stderr).toContain("→ start test-minimal");
});

it("a suite with mistakes ends with 2, with each of them told, and nothing is run", async () => {
  const ran = await machine.run("checks: [{ comand: [ls] }]");
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain("lima-ci.yaml:4:10: error: checks[0]: is no check");
  expect(ran.report.checks).toBeUndefined();
  expect(ran.stderr).not.toContain("→");
});
