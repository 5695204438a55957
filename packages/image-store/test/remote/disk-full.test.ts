import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "@sysinit-internal/process";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { mebibyte, name, newImage, sha256 } from "./pulling.ts";
import { pullCommand, type Report } from "./programs.ts";
import { sendFile, startServer, type Answer } from "./server.ts";

/** A small file system needs a mount, which an ordinary user may do in a namespace of its own where the system allows it. */
const enter = ["--map-root-user", "--mount", "sh", "-c"];
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", [...enter, 'mount -t tmpfs -o size=1m tmpfs "$1"', "sh", "/mnt"]).status === 0;

const content = newImage(12 * mebibyte);

/** Pulls into a store on a file system of 8 MiB. Gives what became of it, and the files that were left. */
async function pullOnSmallDisk(answer: Answer): Promise<{ report: Report; left: string[] }> {
  const server = await startServer(answer);
  const mountPoint = join(temporaryDirectory(), "disk");
  mkdirSync(mountPoint);
  const directory = join(mountPoint, "_images");
  const script = 'mount -t tmpfs -o size=8m tmpfs "$1" && cd "$1" && shift && "$@" && find . -type f';
  const pull = pullCommand({ directory, name, url: `${server.origin}/a`, sha256: sha256(content), env: {} });
  const { stdout, stderr } = await runProcess({
    file: "unshare",
    args: [...enter, script, "sh", mountPoint, ...pull],
  });
  expect(stderr).toBe("");
  const [report, ...left] = stdout.trim().split("\n");
  return { report: JSON.parse(report!) as Report, left };
}

test.skipIf(!canMount)("an image that does not fit is refused when its size is told", async () => {
  const { report, left } = await pullOnSmallDisk((request, response) => sendFile(request, response, content));
  expect(report).toMatchObject({ code: "DISK_FULL" });
  expect(report.message).toMatch(/no room for the image .* 12\.\d MiB are needed, [78]\.\d MiB are free/);
  expect(left).toEqual([]);
});

test.skipIf(!canMount)("a disk that is full in the download is given back what came", async () => {
  const { report, left } = await pullOnSmallDisk((_, response) => response.writeHead(200).end(content));
  expect(report).toMatchObject({ code: "DISK_FULL" });
  expect(report.message).toMatch(
    /cannot write the download .*: no space, or no inodes, left on its file system/,
  );
  expect(left).toEqual([]);
});
