import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createLima } from "@sysinit/lima-control";
import { installFakeLimactl } from "@sysinit/lima-control/fake";
import { runProcess } from "@sysinit-internal/process";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, onTestFinished, test } from "vitest";

import { dummyTemplate } from "./support/dummy-template.ts";

const packageDirectory = join(import.meta.dirname, "..");

test("the README's example of handles runs as it stands", async () => {
  const home = await mkdtemp("/tmp/lc-");
  onTestFinished(() => rm(home, { recursive: true }));
  const run = await runExample({
    packageDirectory,
    code: readmeExample(join(packageDirectory, "README.md"), "Handles"),
    env: { LIMA_HOME: home, TEMPLATE_TEXT: dummyTemplate },
  });
  expect(run).toMatchObject({
    exitCode: 0,
    stdout: "stopped [ 'stopped Stopped' ]\nundefined\n",
    stderr: "",
  });
});

test("the README's example of the fake runs as it stands", async () => {
  const run = await runExample({
    packageDirectory,
    code: readmeExample(join(packageDirectory, "README.md"), "Without a VM"),
    timeoutMs: 120_000,
  });
  expect(run).toMatchObject({ exitCode: 0, stdout: "1\nSTART_DEGRADED\n" });
});

test("the README's example of files, streams and ports runs as it stands", async () => {
  await using fake = await installFakeLimactl();
  const lima = createLima(fake.options);
  const vm = await lima.launch({ name: "vm", template: dummyTemplate });
  const archive = join(fake.directory, "src.tar");
  const run = await runExample({
    packageDirectory,
    code: readmeExample(join(packageDirectory, "README.md"), "Files, streams and ports"),
    env: { PATH: fake.options.env["PATH"]!, LIMA_HOME: lima.home, ARCHIVE: archive },
    timeoutMs: 120_000,
  });
  await vm.delete();
  expect(run).toMatchObject({ exitCode: 0, stdout: "hello\n0\ntrue\n" });
  const listed = await runProcess({ file: "tar", args: ["-tf", archive], timeoutMs: 20_000 });
  expect(listed.stdout).toContain("src-of-readme/index.ts\n");
});
