import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { registryProgram, startRegistry } from "../../../packages/image-store/test/remote/registry.ts";
import { cli, jsonLines } from "./run-cli.ts";
import { smallDisk } from "./stand-in-host.ts";

it.skipIf(registryProgram === undefined)(
  "one pushes to a registry, others pull and install from there by its tag or digest",
  async () => {
    const work = await mkdtemp(join(tmpdir(), "cli-registry-"));
    onTestFinished(() => rm(work, { recursive: true, force: true }));
    const { host } = await startRegistry();
    const tag = `oci://${host}/team/images:minimal`;
    const as = (person: string, ...args: string[]) =>
      cli(args, {
        env: { HOME: join(work, person), LIMA_HOME: join(work, person), PATH: "/nonexistent" },
        cwd: work,
      });
    await writeFile(join(work, "disk.raw"), smallDisk());
    expect(await as("one", "install", "disk.raw", "--name", "minimal")).toMatchObject({ status: 0 });

    const planned = await as("one", "images", "push", "minimal", tag, "--dry-run");
    expect(planned.stdout).toMatch(/^would push generation 1 of minimal/);
    // Nothing was sent: nobody finds it.
    expect((await as("other", "images", "pull", tag)).stderr).toMatch(/REMOTE_NOT_FOUND/);

    const pushed = await as("one", "images", "push", "minimal", tag, "--json");
    const [{ url, outcome } = {}] = jsonLines(pushed.stdout);
    expect(outcome).toBe("pushed");
    expect((await as("one", "images", "push", "minimal", tag)).stdout).toMatch(
      new RegExp(`^${tag} is generation 1 of minimal already\n`),
    );

    const look = await as("other", "images", "pull", tag, "--name", "minimal", "--dry-run", "--json");
    expect(jsonLines(look.stdout)[0]).toMatchObject({
      dryRun: true,
      outcome: "download",
      bytes: smallDisk().length,
    });
    const pulled = await as("other", "images", "pull", String(url), "--name", "minimal");
    expect(await readFile(pulled.stdout.split("\n")[0]!)).toEqual(smallDisk());
    const installed = await as("other", "install", tag, "--name", "minimal");
    expect(installed.stderr).toMatch(/already there as generation 1/);
  },
);
