import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LimaTemplateError } from "../failures/lima-template-error.ts";
import { templateDirectories } from "./template-directories.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lima-template-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that answers as limactl would. */
function limactl(script: string): string {
  const file = join(folder, "limactl");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const ask = (file: string) => templateDirectories({ limactl: file, env: process.env, signal: undefined });

test("the folders that limactl's templates are in, each once, in its order", async () => {
  const templates = [
    { name: "_images/debian", location: "/mine/_images/debian.yaml" },
    { name: "alpine", location: "/share/alpine.yml" },
    { name: "docker", location: "/mine/docker.yaml" },
  ];
  expect(await ask(limactl(`echo '${JSON.stringify({ templates })}'`))).toEqual(["/mine", "/share"]);
});

test("no program, no templates", async () => {
  expect(await ask(join(folder, "nothing"))).toEqual([]);
});

test.each([
  ["fails", "echo no home >&2; exit 1", "no home"],
  ["says something else", "echo hello", "exited"],
])("a limactl that %s is an error", async (_what, script, why) => {
  const error = await ask(limactl(script)).catch((thrown: unknown) => thrown);
  expect(LimaTemplateError.is(error, "LIMACTL_FAILED")).toBe(true);
  expect((error as Error).message).toContain(why);
});
