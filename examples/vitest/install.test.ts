import { readFile } from "node:fs/promises";

import { createLima, probes } from "@sysinit/lima-control";
import { afterAll, beforeEach, expect, test } from "vitest";

const template = await readFile("vm.yaml", "utf8");
const installer = await readFile("install.sh", "utf8");

const vm = await createLima().launch({ name: "install-test", template, resettable: true });
beforeEach(() => vm.reset(), 60_000);
afterAll(() => vm.delete(), 60_000);

test("root installs the service, and it runs", async () => {
  await vm.script(installer, { user: "root" });
  await vm.waitFor(probes.unit("greeter.service"));
  expect(String(await vm.readFile("/run/greeting"))).toBe("hello\n");
});

test("the next test has a guest without it, where others than root are refused", async () => {
  expect(await vm.tryExec(["test", "-e", "/run/greeting"])).toMatchObject({ exitCode: 1 });
  const { exitCode, stderr } = await vm.tryExec(["sh", "-c", installer]);
  expect([exitCode, stderr]).toEqual([77, "install.sh: must be run by root\n"]);
});
