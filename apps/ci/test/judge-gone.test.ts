import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { InstanceRecord } from "@sysinit/lima-control";
import { expect, it, onTestFinished } from "vitest";

import { judgeGone, tracesOf } from "../src/run/judge-gone.ts";

const record = (dir: string, hostAgentPid?: number) => ({ dir, hostAgentPid }) as InstanceRecord;

it("fails while a process of the instance lives, and passes when it has ended", async () => {
  const child = spawn("sleep", ["60"]);
  const traces = await tracesOf(record("/nonexistent/instance", child.pid));
  expect(await judgeGone(traces)).toMatchObject({
    verdict: "fail",
    evidence: `still there: process ${child.pid}`,
  });
  child.kill();
  await once(child, "exit");
  expect(await judgeGone(traces)).toMatchObject({ verdict: "pass" });
});

it("fails while its directory is there", async () => {
  const dir = await mkdtemp(join(tmpdir(), "instance-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  expect(await judgeGone(await tracesOf(record(dir)))).toMatchObject({
    verdict: "fail",
    evidence: `still there: ${dir}`,
  });
});
