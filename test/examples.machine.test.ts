import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";
import { afterAll, beforeAll, expect, it } from "vitest";

import { cli } from "../apps/cli/test/run-cli.ts";

const root = join(import.meta.dirname, "..");
const example = (name: string) => join(root, "examples", name);
// Three starts: each example has a VM of its own, from the image that its files name.
let home: string;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  // Short: Lima keeps sockets in it. The examples say ~/.lima.
  home = await mkdtemp("/tmp/ex-");
  env = { ...process.env, HOME: home, LIMA_HOME: undefined, VITEST: undefined };
  const image = process.env["SYSINIT_TEST_IMAGE"]!;
  expect(await cli(["install", image, "--name", "lima-minimal"], { env })).toMatchObject({ status: 0 });
});

afterAll(async () => {
  for (const name of await instances()) await cli(["delete", name], { env });
  await rm(home, { recursive: true, force: true });
});

async function instances(): Promise<string[]> {
  const { stdout } = await cli(["list", "--json"], { env });
  return [...stdout.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name!);
}

it("vitest: the integration tests pass, each in a fresh guest, and leave no VM", async () => {
  // From the sources: nothing is published that `npm install` could bring.
  const config = join(home, "vitest.config.mjs");
  await writeFile(config, 'export default { ssr: { resolve: { conditions: ["@sysinit/source"] } } };\n');
  const { scripts } = (await import("../examples/vitest/package.json", { with: { type: "json" } })).default;
  const [, ...args] = scripts.test.split(" ");
  const run = await runProcess({
    file: join(root, "node_modules/.bin/vitest"),
    args: [...args, "--config", config, "--root", example("vitest")],
    cwd: example("vitest"),
    env,
    timeoutMs: 600_000,
  });
  expect(`${run.stdout}\n${run.stderr}`).toMatch(/Tests.*2 passed/);
  expect(run.exitCode).toBe(0);
  expect(await instances()).toEqual([]);
});
