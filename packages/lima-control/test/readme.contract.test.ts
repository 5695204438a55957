import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
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
