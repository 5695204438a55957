import { spawn } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { runProcess, type ProcessOutcome } from "@sysinit-internal/process";
import { afterAll, beforeAll, expect, it } from "vitest";

import { cliArgv } from "../apps/cli/test/run-cli.ts";
import packageOfVitest from "../examples/vitest/package.json" with { type: "json" };
import { installable } from "./reference-guest.ts";

const root = join(import.meta.dirname, "..");
// Three starts: each example has a VM of its own. A home directory of their own, since they say ~/.lima; short: Lima keeps
// sockets in it.
let home: string;
let env: Record<string, string | undefined>;
let hostPort: number;
let asked = 0;
const service = createServer((_, response) => response.end(`asked ${++asked}\n`));

beforeAll(async () => {
  home = await mkdtemp("/tmp/ex-");
  await mkdir(join(home, "bin"));
  await writeFile(join(home, "bin/lima-cli"), `#!/bin/sh\nexec ${cliArgv.join(" ")} "$@"\n`);
  await chmod(join(home, "bin/lima-cli"), 0o755);
  env = { ...process.env, NO_COLOR: "1", HOME: home, LIMA_HOME: undefined, VITEST: undefined };
  env["PATH"] = `${join(home, "bin")}:${env["PATH"]}`;
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  hostPort = (service.address() as AddressInfo).port;
  const installed = await run(
    `lima-cli install ${process.env["SYSINIT_TEST_IMAGE"]} --name lima-minimal`,
    home,
  );
  expect(installed).toMatchObject({ exitCode: 0 });
});

afterAll(async () => {
  for (const name of await instances()) await run(`lima-cli delete ${name}`, home);
  service.close();
  await rm(home, { recursive: true, force: true });
});

const run = (script: string, cwd: string, more = {}): Promise<ProcessOutcome> =>
  runProcess({ file: "sh", args: ["-euc", script], cwd, env: { ...env, ...more }, timeoutMs: 800_000 });

async function instances(): Promise<string[]> {
  const { stdout } = await run("lima-cli list --json", home);
  return [...stdout.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name!);
}

/** A copy of an example, beside nothing of ours; and the commands of its README, block by block. */
async function exampleOf(name: string): Promise<{ folder: string; blocks: string[] }> {
  // Not below /tmp, which a guest has for itself.
  const folder = await realpath(await mkdtemp(`/var/tmp/${name}-`));
  await cp(join(root, "examples", name), folder, { recursive: true });
  const readme = await readFile(join(folder, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/(?<=\n\n)(?: {4}.*\n)+/g)].map(([block]) =>
    block.replace(/^ {4}/gm, ""),
  );
  return { folder, blocks };
}

it("project: its VM is made, its program runs in it on the project's files, and it is deleted", async () => {
  const { folder, blocks } = await exampleOf("project");
  try {
    // In place of the NixOS image, which cannot be built everywhere: by the environment, as the README says.
    const more = { LIMA_CLI_IMAGE: installable("image") };
    const upToStatus = blocks[0]!.replace(/^lima-cli delete\n/m, "");
    const { exitCode, stdout, stderr } = await run(upToStatus, folder, more);
    expect(exitCode, stderr).toBe(0);
    const [name] = await instances();
    expect(stdout).toMatch(new RegExp(`^${name} is ready\n`, "m"));
    expect(stdout).toMatch(new RegExp(`^(?:\\d+ \\w+\\n){3}counted on lima-${name}\\n${folder}\\n`, "m"));
    expect(stdout).toMatch(/^status +Running$/m);

    // What the sandbox's README says of a guest whose program is not confined.
    const { stdout: answer } = await run(`lima-cli exec -- curl -s http://192.168.5.2:${hostPort}/`, folder);
    expect(answer).toBe("asked 1\n");

    expect(blocks[0]).toMatch(/^lima-cli delete$/m);
    expect((await run("lima-cli delete", folder)).exitCode).toBe(0);
    expect(await instances()).toEqual([]);
  } finally {
    if ((await instances()).length > 0) await run("lima-cli delete", folder);
    await rm(folder, { recursive: true, force: true });
  }
});

it("sandbox: a program that is not trusted finds nothing of the host's, and nothing of it is left", async () => {
  const { folder, blocks } = await exampleOf("sandbox");
  const bystander = spawn("sleep", ["3600"], { stdio: "ignore" });
  try {
    await writeFile(join(home, "secret"), "mine\n");
    const before = await readdir(home);
    const [command, found] = blocks;
    asked = 0;
    const { exitCode, stderr } = await run(command!.replace("8765", String(hostPort)), folder);
    expect(exitCode, stderr).toBe(7);
    expect(await readFile(join(folder, "found"), "utf8")).toBe(found);
    expect(await readdir(home)).toEqual(before);
    expect(await readFile(join(home, "secret"), "utf8")).toBe("mine\n");
    expect(asked).toBe(0);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    expect(await instances()).toEqual([]);
  } finally {
    bystander.kill();
    await rm(folder, { recursive: true, force: true });
  }
});

it("vitest: the integration tests pass, each in a fresh guest, and leave no VM", async () => {
  // Where it is, and from the sources: nothing is published yet that `npm install` could bring.
  const config = join(home, "vitest.config.mjs");
  await writeFile(config, 'export default { ssr: { resolve: { conditions: ["@sysinit/source"] } } };\n');
  const [, ...args] = packageOfVitest.scripts.test.split(" ");
  const tests = await runProcess({
    file: join(root, "node_modules/.bin/vitest"),
    args: [...args, "--config", config],
    cwd: join(root, "examples/vitest"),
    env,
    timeoutMs: 600_000,
  });
  expect(`${tests.stdout}\n${tests.stderr}`).toMatch(/Tests.*2 passed/);
  expect(tests.exitCode).toBe(0);
  expect(await instances()).toEqual([]);
});
