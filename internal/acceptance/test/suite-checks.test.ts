import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LimaControlError } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";
import { afterAll, beforeAll, expect, it } from "vitest";

import { runChecks, type Guest } from "../src/index.ts";
import { checksOf, readSuite } from "../src/suite/index.ts";

/** A guest that is this machine. Without its limits, which are lima-control's. */
const here: Guest = {
  async exec([file = "", ...args], { input, env } = {}) {
    const outcome = await runProcess({ file, args, input, env: { ...process.env, ...env } });
    return { exitCode: outcome.exitCode ?? 127, stdout: outcome.stdout, stderr: outcome.stderr };
  },
};

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "suite-"));
  await writeFile(join(work, "config"), "port = 80\n");
  await chmod(join(work, "config"), 0o640);
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function made(checks: string, guest: Guest = here) {
  const { suite, findings } = readSuite(`name: x\nchecks:\n${checks}`, "lima-ci.yaml");
  expect(findings).toEqual([]);
  const context = { signal: new AbortController().signal, env: {}, guest };
  return await runChecks({ checks: checksOf(suite!), context });
}

async function verdictOf(check: string) {
  const [result] = await made(`  - ${check.replaceAll("WORK", work)}\n`);
  return [result!.verdict, result!.evidence.replaceAll(work, "WORK")];
}

it.each([
  ["{id: a, command: [echo, hello], stdout: hello}", "pass", "hello"],
  ["{id: a, command: [echo, hello], stdout: {equals: hello}}", "fail", 'stdout is "hello", not "hello"'],
  [
    '{id: a, command: [echo, hello], stdout: {equals: "hello\\n", contains: ell, matches: ^hel+o$}}',
    "pass",
    "hello",
  ],
  [
    "{id: a, command: [echo, hello], stdout: {contains: bye}}",
    "fail",
    'stdout does not contain "bye": "hello"',
  ],
  ["{id: a, command: [echo, hello], stdout: {matches: ^bye}}", "fail", 'stdout does not match ^bye: "hello"'],
  ["{id: a, script: 'echo oh >&2; exit 3'}", "fail", "exit status 3, not 0: oh"],
  ["{id: a, script: 'echo oh >&2; exit 3', status: 3, stderr: oh}", "pass", "oh"],
  ["{id: a, script: 'false; echo not reached'}", "fail", "exit status 1, not 0: exit status 1"],
  [
    String.raw`{id: a, script: 'read line; echo $line $WORD', input: "hello\n", env: {WORD: world}, stdout: hello world}`,
    "pass",
    "hello world",
  ],
  ["{file: WORK/config, mode: '0640', content: port = 80}", "pass", "WORK/config: regular file, 640, USER"],
  [
    "{file: WORK/config, mode: '0644', content: {contains: '443'}}",
    "fail",
    'WORK/config: mode is 640, not 0644; content does not contain "443": "port = 80"',
  ],
  ["{file: WORK/config, absent: true}", "fail", "WORK/config is there: 640 USER regular file"],
  ["{file: WORK/none}", "fail", "WORK/none is not there"],
  ["{file: WORK/none, absent: true}", "pass", "WORK/none is not there"],
  ["{file: WORK/config, owner: nobody:none}", "fail", "WORK/config: owner is USER, not nobody:none"],
])("%s: %s", async (check, verdict, evidence) => {
  const [seen, why] = await verdictOf(check);
  expect([seen, why!.replace(/(?<=640, |640 |owner is )[\w-]+:[\w-]+/, "USER")]).toEqual([verdict, evidence]);
});

it("what a command printed is kept for the reader of a report", async () => {
  const [result] = await made("  - {id: a, script: 'echo out; echo err >&2; exit 1'}\n");
  expect(result!.output).toBe("out\n--- standard error ---\nerr");
});

it("a failed check skips those that need it, and those that need these", async () => {
  const results = await made(
    [
      "  - {id: a, command: ['false']}",
      "  - {id: b, command: ['true'], needs: [a]}",
      "  - {id: c, command: ['true'], needs: [b]}",
      "  - {id: d, command: ['true']}\n",
    ].join("\n"),
  );
  expect(results.map(({ id, verdict, evidence }) => `${id} ${verdict}: ${evidence}`)).toEqual([
    "a fail: exit status 1, not 0: exit status 1",
    "b skip: needs a, which failed",
    "c skip: needs b, which was skipped",
    "d pass: exit status 0",
  ]);
});

it("checks of a group are made at the same time, one that needs another of the group after it", async () => {
  // Each of the first two ends only when the other one has begun.
  const meet = (mine: string, other: string) =>
    `touch ${work}/${mine}; until [ -e ${work}/${other} ]; do sleep 0.05; done`;
  const results = await made(
    [
      `  - {id: a, group: g, timeoutSeconds: 20, script: '${meet("a", "b")}'}`,
      `  - {id: last, script: 'test -e ${work}/c'}`,
      `  - {id: b, group: g, timeoutSeconds: 20, script: '${meet("b", "a")}; touch ${work}/b-ended'}`,
      `  - {id: c, group: g, needs: [b], script: 'test -e ${work}/b-ended && touch ${work}/c'}\n`,
    ].join("\n"),
  );
  expect(results.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    "a pass",
    "b pass",
    "c pass",
    "last pass",
  ]);
});

it("a command that does not end in time fails; a guest that cannot be reached is an error", async () => {
  const failing = (code: "EXEC_TIMEOUT" | "GUEST_UNREACHABLE"): Guest => ({
    exec: () => Promise.reject(new LimaControlError({ code, message: "ssh said no" })),
  });
  const check = "  - {id: a, command: [sleep, '9'], timeoutSeconds: 2.5}\n";
  expect(await made(check, failing("EXEC_TIMEOUT"))).toMatchObject([
    { verdict: "fail", evidence: "did not end within 2.5 s" },
  ]);
  expect(await made(check, failing("GUEST_UNREACHABLE"))).toMatchObject([
    { verdict: "error", evidence: "ssh said no" },
  ]);
});
