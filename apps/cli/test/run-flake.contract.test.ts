import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { cli, jsonLines } from "./run-cli.ts";
import { isRoot, standInHost, type StandInHost } from "./stand-in-host.ts";

let host: StandInHost;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  host = await standInHost();
  env = {
    ...host.env,
    XDG_STATE_HOME: host.work,
    NIX_CONFIG: `${process.env["NIX_CONFIG"] ?? ""}\nsandbox = false`,
  };
});

afterAll(() => host[Symbol.asyncDispose]());

/** A flake that builds a raw disk with that text on it, by the real nix. */
async function writeFlake(text: string): Promise<string> {
  const folder = join(host.work, "flake");
  await mkdir(folder, { recursive: true });
  const system = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-${process.platform}`;
  await writeFile(
    join(folder, "flake.nix"),
    `{ outputs = _: { packages.${system}.image = derivation {
      name = "disk.raw"; system = "${system}"; builder = "/bin/sh";
      args = [ "-c" ''
        PATH=/usr/bin:/bin; truncate -s 1M $out
        printf '\\125\\252' | dd of=$out bs=1 seek=510 conv=notrunc status=none
        printf '${text}' | dd of=$out bs=1 seek=4096 conv=notrunc status=none
      '' ];
    }; }; }`,
  );
  return `path:${folder}#image`;
}

const generations = async () =>
  jsonLines((await cli(["images", "list", "--json"], { env })).stdout)
    .filter(({ name }) => name !== "lima-minimal")
    .map(({ name, generation }) => `${name} ${generation}`);

it.skipIf(isRoot)(
  "what runs outside of a project build is in the store as `run`, a new image as its next generation, and prune keeps the newest",
  async () => {
    for (const [text, ends] of [
      ["one", ["run 1"]],
      ["two", ["run 2", "run 1"]],
    ] as const) {
      const args = ["run", "--image", await writeFlake(text), "--", "true"];
      expect(await cli(args, { env, cwd: host.work })).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect((await generations()).toSorted()).toEqual([...ends].toSorted());
    }
    expect(await cli(["images", "prune", "run", "--keep", "1", "--yes"], { env })).toMatchObject({
      status: 0,
    });
    expect(await generations()).toEqual(["run 2"]);
  },
);
