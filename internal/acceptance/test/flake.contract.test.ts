import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { checks, runChecks } from "../src/index.ts";

/** The row about `nixosConfigurations.lima-minimal` of a project with that flake, judged by the real nix. */
async function rowOf(flake: string) {
  const directory = await mkdtemp(join(tmpdir(), "flake-row-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, "flake.nix"), flake);
  const [result] = await runChecks({
    checks: checks.filter(({ id }) => id === "flake.configuration"),
    context: {
      signal: new AbortController().signal,
      env: { ...process.env, XDG_CACHE_HOME: directory },
      project: { directory },
    },
  });
  return result!;
}

const taking = (url: string) => `{
  inputs.nixpkgs = { url = "${url}"; flake = false; };
  outputs = { nixpkgs, ... }: { nixosConfigurations.lima-minimal = import nixpkgs; };
}`;

it("an evaluation that ends well passes, with what it gave", async () => {
  const toplevel = 'config.system.build.toplevel.drvPath = "/nix/store/x.drv"';
  const flake = `{ outputs = _: { nixosConfigurations.lima-minimal.${toplevel}; }; }`;
  expect(await rowOf(flake)).toMatchObject({ verdict: "pass", evidence: "/nix/store/x.drv" });
});

it("nixpkgs that cannot be fetched is no fault of the flake: skipped, with nix's own words", async () => {
  // Port 1 of this machine, where nothing listens.
  const result = await rowOf(taking("http://127.0.0.1:1/nixpkgs.tar.gz"));
  expect(result).toMatchObject({ verdict: "skip" });
  expect(result.evidence).toMatch(/^nixpkgs cannot be had: .*127\.0\.0\.1/);
});

it("a nixpkgs that does not exist, and a flake that is wrong, fail", async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await rowOf(taking(`http://127.0.0.1:${port}/nixpkgs.tar.gz`))).toMatchObject({ verdict: "fail" });
  expect(await rowOf("{ outputs = _: { nixosConfigurations = misspelt; }; }")).toMatchObject({
    verdict: "fail",
    evidence: expect.stringContaining("misspelt") as unknown,
  });
});
