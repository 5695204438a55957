import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, expect, it } from "vitest";

import { findProject } from "../src/index.ts";

let work: string;

beforeEach(async () => {
  work = await realpath(await mkdtemp(join(tmpdir(), "project-")));
  return () => rm(work, { recursive: true });
});

async function make(...folders: string[]): Promise<void> {
  for (const folder of folders) await mkdir(join(work, folder), { recursive: true });
}
const config = (folder: string) => writeFile(join(work, folder, "lima-cli.yaml"), "");

it("is found upward from any folder of the project", async () => {
  await make("My App/.git", "My App/src/deep");
  await config("My App");
  const found = findProject(join(work, "My App/src/deep"));
  expect(found).toMatchObject({ root: join(work, "My App"), name: "my-app" });
  expect(found!.instance).toMatch(/^my-app-[0-9a-f]{6}$/);
  expect(findProject(join(work, "My App"))).toEqual(found);
});

it("not above the root of the git work tree, whose .git may be a file", async () => {
  await make("outer/inner/src");
  await config("outer");
  await writeFile(join(work, "outer/inner/.git"), "gitdir: elsewhere\n");
  expect(findProject(join(work, "outer/inner/src"))).toBeUndefined();
});

it("without git only in the folder itself", async () => {
  await make("plain/src");
  await config("plain");
  expect(findProject(join(work, "plain"))).toBeDefined();
  expect(findProject(join(work, "plain/src"))).toBeUndefined();
});

it("the nearest one wins", async () => {
  await make("mono/.git", "mono/web/src");
  await config("mono");
  await config("mono/web");
  expect(findProject(join(work, "mono/web/src"))?.root).toBe(join(work, "mono/web"));
});

it("two checkouts have VMs of different names, one by a link has the same", async () => {
  await make("one/app", "two/app");
  await config("one/app");
  await config("two/app");
  await symlink(join(work, "one"), join(work, "link"));
  const [one, two, link] = ["one/app", "two/app", "link/app"].map(
    (folder) => findProject(join(work, folder))!.instance,
  );
  expect(one).not.toBe(two);
  expect(link).toBe(one);
});
