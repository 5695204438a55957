import { createHash } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { installImage, listImages } from "@sysinit/image-store";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { startFileServer } from "./file-server.ts";
import { inTerminal } from "../../../internal/terminal/test/in-terminal.ts";
import { cli, cliArgv, jsonLines, type CliRun } from "./run-cli.ts";
import { smallDisk } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 60_000 });

let work: string;
let directory: string;
let env: Record<string, string>;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "cli images "));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  directory = join(work, "lima/_images");
  // Nothing of the machine: no tool, no proxy.
  env = { HOME: work, LIMA_HOME: join(work, "lima"), PATH: "/nonexistent", http_proxy: "" };
});

const images = (...args: string[]): Promise<CliRun> => cli(["images", ...args], { env, cwd: work });
const generations = async () => (await listImages({ directory })).map(({ generation }) => generation);
const current = async () => (await listImages({ directory })).find(({ latest }) => latest)?.generation;

/** A disk that no other generation is like. */
function disk(content: string): Buffer {
  const bytes = smallDisk();
  bytes.write(content, 4096);
  return bytes;
}

/** The store with that many generations of `work`. */
async function installed(count: number): Promise<void> {
  const source = join(work, "source.raw");
  for (let number = 1; number <= count; number++) {
    await writeFile(source, disk(`generation ${number}`));
    await installImage({ directory, name: "work", source });
  }
}

/** What is on the disk, to see that nothing of it has changed. */
const everything = () => readdirSync(directory, { recursive: true }).toSorted();

describe("use and rollback", () => {
  it("lead the latest link to another generation; with --dry-run they only say so", async () => {
    await installed(3);
    const planned = await images("rollback", "work", "--dry-run");
    expect(planned).toMatchObject({ status: 0 });
    expect(planned.stdout).toMatch(/would lead to generation 2, from generation 3\n$/);
    expect(await current()).toBe(3);

    expect((await images("rollback", "work")).stdout).toMatch(/leads to generation 2, from generation 3\n$/);
    expect(await current()).toBe(2);

    const [used] = jsonLines((await images("use", "work", "1", "--json")).stdout);
    expect(used).toMatchObject({ outcome: "used", image: { generation: 1 }, previous: { generation: 2 } });
    expect(await current()).toBe(1);
    expect((await images("use", "work", "1")).stdout).toMatch(/leads to generation 1 already\n$/);
  });

  it("refuse a generation that is damaged, and one that is not there", async () => {
    await installed(2);
    const [, first] = await listImages({ directory });
    await appendFile(first!.file, "rot");
    const damaged = await images("rollback", "work");
    expect(damaged).toMatchObject({ status: 1, stdout: "" });
    expect(damaged.stderr).toMatch(/IMAGE_DAMAGED/);
    expect((await images("use", "work", "7")).stderr).toMatch(/IMAGE_NOT_FOUND/);
    expect(await current()).toBe(2);
  });
});

describe("remove", () => {
  it("shows what goes with --dry-run, and removes it with --yes", async () => {
    await installed(3);
    const before = everything();
    const planned = await images("remove", "work", "--generation", "1", "--dry-run", "--json");
    expect(jsonLines(planned.stdout)).toEqual([
      expect.objectContaining({ dryRun: true, images: [expect.objectContaining({ generation: 1 })] }),
    ]);
    expect(everything()).toEqual(before);

    const removed = await images("remove", "work", "--generation", "1", "--yes");
    expect(removed.stdout).toMatch(/^removed .*\.raw\n$/);
    expect(await generations()).toEqual([3, 2]);

    const [all] = jsonLines((await images("remove", "work", "--all", "--yes", "--json")).stdout);
    expect(all).toMatchObject({ images: [{ generation: 3 }, { generation: 2 }] });
    expect(await generations()).toEqual([]);
  });

  it("without a terminal it never asks: it refuses with a hint to --yes, and removes nothing", async () => {
    await installed(2);
    const before = everything();
    const { status, stdout, stderr } = await images("remove", "work", "--all");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/CONFIRMATION_NEEDED\][^]*hint: give --yes/);
    expect(everything()).toEqual(before);
  });

  it("on a terminal it shows what goes and asks; no is no, and yes removes", async () => {
    await installed(2);
    const asked = async (answer: string) => {
      let typed = false;
      return inTerminal([...cliArgv, "images", "remove", "work", "--generation", "1"], {
        columns: 200,
        env: { ...env, PATH: process.env["PATH"] },
        onOutput(raw, type) {
          if (typed || !raw.includes("[y/N]")) return;
          typed = true;
          type(`${answer}\r`);
        },
      });
    };
    const no = await asked("n");
    expect(no.status).toBe(1);
    expect(no.screen.join("\n")).toMatch(
      /^NAME +GENERATION[^]*\nwork +1 [^]*\nremove generation 1 of work \(.+\)\? \[y\/N\] n\nnothing was removed$/,
    );
    expect(await generations()).toEqual([2, 1]);
    const yes = await asked("y");
    expect(yes.status, yes.raw).toBe(0);
    expect(await generations()).toEqual([2]);
  });

  it("never removes what an instance needs, nor the current generation alone", async () => {
    await installed(2);
    const [second, first] = await listImages({ directory });
    await mkdir(join(work, "lima/dev"), { recursive: true });
    await writeFile(
      join(work, "lima/dev/lima.yaml"),
      `images: [{location: ${JSON.stringify(first!.file)}}]\n`,
    );
    const needed = await images("remove", "work", "--generation", "1", "--yes");
    expect(needed.status).toBe(1);
    expect(needed.stderr).toMatch(/needed by instance dev .*IMAGE_NEEDED/);
    const isCurrent = await images("remove", "work", "--generation", String(second!.generation), "--yes");
    expect(isCurrent.stderr).toMatch(/IMAGE_IS_CURRENT/);
    expect(await generations()).toEqual([2, 1]);
  });

  it("what only a template names goes with --allow-referenced, as the hint says", async () => {
    await installed(2);
    const [, first] = await listImages({ directory });
    await mkdir(join(work, "lima/_templates"), { recursive: true });
    const template = `images: [{location: ${JSON.stringify(first!.file)}}]\n`;
    await writeFile(join(work, "lima/_templates/dev.yaml"), template);
    const needed = await images("remove", "work", "--generation", "1", "--yes");
    expect(needed.stderr).toMatch(/needed by template dev.yaml [^]*hint: .*: --allow-referenced removes/);
    const allowed = await images("remove", "work", "--generation", "1", "--allow-referenced", "--yes");
    expect(allowed).toMatchObject({ status: 0 });
    expect(await generations()).toEqual([2]);
  });

  it("wants to know which", async () => {
    const { status, stderr } = await images("remove", "work");
    expect(status).toBe(2);
    expect(stderr).toMatch(/give either --generation N or --all/);
  });
});

describe("prune", () => {
  it("shows the whole plan with --dry-run, with why each stays, and carries out just that with --yes", async () => {
    await installed(5);
    const oldest = (await listImages({ directory })).at(-1)!;
    await mkdir(join(work, "lima/dev"), { recursive: true });
    await writeFile(
      join(work, "lima/dev/lima.yaml"),
      `images: [{location: ${JSON.stringify(oldest.file)}}]\n`,
    );
    const before = everything();
    const planned = await images("prune", "--keep", "2", "--dry-run");
    const rows = planned.stdout.split("\n").map((line) => line.split(/ {2,}/));
    expect(rows.slice(1, 6).map((row) => [row[0], row[2], row[5] ?? ""])).toEqual([
      ["keep", "5", "current, newest"],
      ["keep", "4", "newest"],
      ["remove", "3", ""],
      ["remove", "2", ""],
      ["keep", "1", "needed by instance dev (location)"],
    ]);
    expect(planned.stdout).toMatch(/\nwould free .+\n$/);
    expect(everything()).toEqual(before);

    expect((await images("prune", "--keep", "2")).stderr).toMatch(/CONFIRMATION_NEEDED/);
    expect(everything()).toEqual(before);

    const [result] = jsonLines((await images("prune", "--keep", "2", "--yes", "--json")).stdout);
    expect(result).toMatchObject({ removed: [{ generation: 2 }, { generation: 3 }], failed: [] });
    expect(await generations()).toEqual([5, 4, 1]);
  });

  it("asks nothing when there is nothing to remove, and keeps what is young", async () => {
    await installed(5);
    const young = await images("prune", "--keep", "1", "--keep-younger", "1h");
    expect(young).toMatchObject({ status: 0, stdout: "nothing to remove\n" });
    expect((await images("prune", "--keep", "0")).status).toBe(2);
    expect((await images("prune", "--keep-younger", "soon")).status).toBe(2);
    expect((await images("prune", "wrok")).stderr).toMatch(/IMAGE_NOT_FOUND/);
    expect(await generations()).toHaveLength(5);
  });
});

describe("adopt and repair", () => {
  it("adopt makes a file that was put there one of the store; with --dry-run it only says so", async () => {
    await mkdir(directory, { recursive: true });
    const file = join(directory, "sysinit-mine-20261123-070637.raw");
    await writeFile(file, disk("mine"));
    const planned = await images("adopt", file, "--dry-run");
    expect(planned.stdout).toMatch(/would become generation 1 of mine, the latest\n$/);
    expect(everything()).toEqual([basename(file)]);

    const [adopted] = jsonLines((await images("adopt", file, "--json")).stdout);
    expect(adopted).toMatchObject({ outcome: "adopted", name: "mine", generation: 1 });
    expect((await images("adopt", file)).stdout).toMatch(/is already generation 1 of mine/);
    expect((await images("adopt", "elsewhere.raw")).stderr).toMatch(/NOT_ADOPTABLE/);
  });

  it("repair leads a broken latest link right; with --dry-run it only tells", async () => {
    await installed(2);
    const [image] = await listImages({ directory });
    await rm(image!.latestLink);
    const [planned] = jsonLines((await images("repair", "--dry-run", "--json")).stdout);
    expect(planned).toMatchObject({ dryRun: true, kind: "latest-link", repaired: true });
    expect(await current()).toBeUndefined();

    expect((await images("repair")).stdout).toMatch(/\n {2}repaired: /);
    expect(readlinkSync(image!.latestLink)).toBe(basename(image!.file));
    const whole = await images("repair");
    expect(whole).toMatchObject({ status: 0, stdout: "" });
    expect(whole.stderr).toMatch(/all is as it should be/);
  });
});

describe("verify", () => {
  it("finds a damaged image, a damaged record and a link that leads astray: status 1", async () => {
    await installed(2);
    const whole = await images("verify");
    expect(whole.status).toBe(0);
    expect(whole.stdout.split("\n").filter((line) => line.startsWith("ok  "))).toHaveLength(2);

    const [second, first] = await listImages({ directory });
    await writeFile(`${first!.file}.json`, "{");
    await rename(second!.latestLink, `${second!.latestLink}.away`);
    const { status, stdout } = await images("verify");
    expect(status).toBe(1);
    expect(stdout.split("\n").filter((line) => line.startsWith("BAD "))).toHaveLength(2);
    expect((await images("verify", "work", "--generation", "2")).status).toBe(0);
  });
});

describe("install --dry-run", () => {
  it("says what installing a file would do, and stores nothing", async () => {
    const source = join(work, "nixos.raw");
    await writeFile(source, disk("new"));
    const planned = await cli(["install", source, "--name", "work", "--dry-run"], { env });
    expect(planned, planned.stderr).toMatchObject({ status: 0 });
    expect(planned.stdout).toMatch(/^would copy .*nixos\.raw \(raw, .*\) as the next generation of work\n$/);
    expect(readdirSync(work)).toEqual(["nixos.raw"]);

    await installImage({ directory, name: "work", source });
    const again = await cli(["install", source, "--name", "work", "--dry-run", "--json"], { env });
    expect(jsonLines(again.stdout)).toEqual([
      expect.objectContaining({ dryRun: true, outcome: "unchanged", name: "work", source, format: "raw" }),
    ]);
    await writeFile(source, "no image");
    const refused = await cli(["install", source, "--name", "work", "--dry-run"], { env });
    expect(refused.stderr).toMatch(/NOT_AN_IMAGE/);
    expect(refused.status).not.toBe(0);
  });

  it("says what would be downloaded, and asks for nothing", async () => {
    const content = disk("elsewhere");
    const sha256 = createHash("sha256").update(content).digest("hex");
    const server = await startFileServer(content);
    const url = `${server.origin}/nixos.raw`;
    const planned = await cli(["install", `${url}@sha256:${sha256}`, "--name", "far", "--dry-run"], { env });
    expect(planned.stdout).toBe(`would download ${url} as the next generation of far\nsha256 ${sha256}\n`);
    expect(server.requests).toBe(0);
    expect(readdirSync(work)).toEqual([]);
  });

  it("says what would be built, and starts no nix", async () => {
    const planned = await cli(["install", ".#image", "--name", "work", "--dry-run"], { env, cwd: work });
    expect(planned.stdout).toBe("would build .#image, and install the image as work\n");
    expect(readdirSync(work)).toEqual([]);
  });
});

describe("pull and install by address", () => {
  it("bring an image by URL and SHA-256; --dry-run says what would be downloaded, and asks for nothing", async () => {
    const content = disk("elsewhere");
    const sha256 = createHash("sha256").update(content).digest("hex");
    const server = await startFileServer(content);
    const url = `${server.origin}/nixos.raw`;

    const planned = await images("pull", url, "--sha256", sha256, "--name", "far", "--dry-run", "--json");
    expect(jsonLines(planned.stdout)).toEqual([
      { dryRun: true, name: "far", url, sha256, outcome: "download" },
    ]);
    expect(server.requests).toBe(0);
    expect(readdirSync(work)).toEqual([]);

    const pulled = await images("pull", url, "--sha256", sha256, "--name", "far");
    expect(pulled, pulled.stderr).toMatchObject({ status: 0 });
    const [file, latestLink] = pulled.stdout.split("\n");
    expect(await readFile(file!)).toEqual(content);
    expect(await readFile(latestLink!)).toEqual(content);

    // The store has it: one more name of it costs no download.
    const requests = server.requests;
    const copied = await images("pull", url, "--sha256", sha256, "--name", "near", "--dry-run");
    expect(copied.stdout).toMatch(/from generation 1 of far; nothing to download/);
    const installed = await cli(["install", `${url}@sha256:${sha256}`, "--name", "near", "--json"], { env });
    expect(jsonLines(installed.stdout)[0]).toMatchObject({ outcome: "installed", name: "near", sha256 });
    const again = await cli(["install", url, "--sha256", sha256, "--name", "near"], { env });
    expect(again.stderr).toMatch(/already there as generation 1/);
    expect(server.requests).toBe(requests);
  });

  it("an address without a digest, with a wrong one, and a digest without an address are refused; nothing is stored", async () => {
    const server = await startFileServer(disk("elsewhere"));
    const url = `${server.origin}/nixos.raw`;
    const without = await cli(["install", url, "--name", "far"], { env });
    expect(without).toMatchObject({ status: 2, stdout: "" });
    expect(without.stderr).toMatch(/BAD_DIGEST\][^]*hint: /);
    const wrong = await cli(["install", url, "--sha256", "0".repeat(64), "--name", "far"], { env });
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/DIGEST_MISMATCH/);
    const useless = await cli(["install", "./x.raw", "--sha256", "0".repeat(64)], { env });
    expect(useless.status).toBe(2);
    expect(useless.stderr).toMatch(/--sha256 is for an image at an address/);
    expect(await listImages({ directory })).toEqual([]);
  });

  it("push wants an OCI registry and a tag", async () => {
    await installed(1);
    const { status, stderr } = await images("push", "work", "https://example.org/nixos.raw");
    expect(status).toBe(2);
    expect(stderr).toMatch(/BAD_URL\][^]*hint: Write oci:/);
  });
});
