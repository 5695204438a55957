import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

const exec = promisify(execFile);
const root = join(import.meta.dirname, "..");
const libraries = ["nix-runner", "image-store", "lima-template", "lima-control"];
const apps = ["cli", "ci"];

let work: string;
const tarballs = new Map<string, string>();

/** Builds everything once and packs each published package, as a release would. */
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "sysinit-packages-"));
  await exec("pnpm", ["turbo", "run", "build", "--output-logs=errors-only"], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  for (const folder of [
    ...libraries.map((name) => `packages/${name}`),
    ...apps.map((name) => `apps/${name}`),
  ]) {
    const into = join(work, "tarballs", folder);
    await mkdir(into, { recursive: true });
    await exec("pnpm", ["pack", "--pack-destination", into], { cwd: join(root, folder) });
    tarballs.set(folder, join(into, (await readdir(into))[0]!));
  }
}, 600_000);

afterAll(async () => {
  await rm(work, { recursive: true, force: true });
});

/** A package manifest as it was packed. */
async function packedManifest(folder: string): Promise<Record<string, Record<string, string>>> {
  const { stdout } = await exec("tar", ["-xOf", tarballs.get(folder)!, "package/package.json"]);
  return JSON.parse(stdout) as Record<string, Record<string, string>>;
}

describe.each(libraries)("the published package %s", (name) => {
  const folder = `packages/${name}`;

  it("depends on none of the others and on nothing private", async () => {
    const { dependencies = {} } = await packedManifest(folder);
    expect(Object.keys(dependencies).filter((dependency) => dependency.startsWith("@sysinit"))).toEqual([]);
  });

  it("is clean for publint", async () => {
    await exec("pnpm", ["publint", "--strict", tarballs.get(folder)!], { cwd: root });
  });

  it("is clean for are-the-types-wrong", async () => {
    await exec("pnpm", ["attw", "--profile", "esm-only", tarballs.get(folder)!], { cwd: root });
  });

  it("has declarations that name no private package", async () => {
    const { stdout } = await exec("tar", ["-xOf", tarballs.get(folder)!, "package/dist/index.d.ts"]);
    expect(stdout).not.toContain("@sysinit-internal");
  });

  it("is imported from its tarball, by a program and by the compiler", async () => {
    const consumer = join(work, `consumer-${name}`);
    await mkdir(consumer);
    const { dependencies = {} } = await packedManifest(folder);
    await writeFile(join(consumer, "package.json"), JSON.stringify({ type: "module", private: true }));
    await unpack(tarballs.get(folder)!, join(consumer, "node_modules/@sysinit", name));
    // What a registry would bring, linked from our own installation, so that the test needs no network.
    const installed = join(root, folder, "node_modules");
    for (const dependency of Object.keys(dependencies)) await linkInto(consumer, installed, dependency);
    await linkInto(consumer, join(root, "node_modules"), "@types/node");

    await writeFile(
      join(consumer, "main.ts"),
      `import * as library from "@sysinit/${name}";\nconst names: string[] = Object.keys(library);\nconsole.log(JSON.stringify(names));\n`,
    );
    const compilerOptions = {
      module: "nodenext",
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: "es2023",
      lib: ["es2023", "esnext.disposable"],
      types: ["node"],
    };
    await writeFile(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    await exec(join(root, "node_modules/.bin/tsc"), ["-p", consumer], { cwd: consumer });

    await writeFile(
      join(consumer, "main.js"),
      `console.log(JSON.stringify(Object.keys(await import("@sysinit/${name}"))));\n`,
    );
    const { stdout } = await exec("node", ["main.js"], { cwd: consumer });
    const fromSource = await exec("node", [
      "--conditions=@sysinit/source",
      "--input-type=module",
      "-e",
      `console.log(JSON.stringify(Object.keys(await import("${join(root, folder, "src/index.ts")}"))))`,
    ]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(fromSource.stdout));
  });
});

it("the fake limactl of lima-control runs from the tarball", async () => {
  // Where the test above has unpacked it, with what it depends on.
  const consumer = join(work, "consumer-lima-control");
  await writeFile(
    join(consumer, "fake.js"),
    `import { installFakeLimactl } from "@sysinit/lima-control/fake";
import { execFileSync } from "node:child_process";
const fake = await installFakeLimactl();
console.log(execFileSync(fake.limactl, ["--version"], { encoding: "utf8" }).trim());
await fake.remove();
`,
  );
  const { stdout } = await exec("node", ["fake.js"], { cwd: consumer });
  expect(stdout).toBe("limactl version 2.2.0\n");
});

describe.each(apps)("the app lima-%s", (name) => {
  const folder = `apps/${name}`;

  it("has no dependencies to install", async () => {
    const manifest = await packedManifest(folder);
    expect(manifest["dependencies"] ?? {}).toEqual({});
  });

  it("runs with nothing installed beside it", async () => {
    const alone = join(work, `alone-${name}`);
    await unpack(tarballs.get(folder)!, alone);
    const { stdout } = await exec(join(alone, "dist/main.js"), ["--version"], { cwd: tmpdir() });
    expect(stdout.trim()).toBe((await packedManifest(folder))["version"]);
  });
});

it("the bundled CLI has the minimal template built in", async () => {
  const alone = join(work, "alone-template");
  await unpack(tarballs.get("apps/cli")!, alone);
  const { stdout } = await exec(join(alone, "dist/main.js"), ["template", "validate", "--json"], {
    cwd: tmpdir(),
  });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

describe("lima-cli template validate loads only what it needs", () => {
  let alone: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    alone = join(work, "alone-validate");
    await unpack(tarballs.get("apps/cli")!, alone);
    env = { ...process.env, XDG_CACHE_HOME: join(alone, "caches"), PATH: dirname(process.execPath) };
    const files = {
      "fine.yaml": "base: part.yaml\nimages: [{location: /image.raw}]\n",
      "part.yaml": 'dns: ["::1"]\nhostResolver: {enabled: false}\n',
      "bad.yaml": "images: []\ncpus: many\nmemroy: 4GiB\n",
      "no.yaml": "a: [\n",
      "binary.yaml": 'images: [{location: /image.raw}]\nmessage: !!binary "%%%"\n',
      "of-lima.yaml": "base: template:default\n",
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(alone, name), text);
  });

  const run = (file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    new Promise((resolve) => {
      const options = { cwd: alone, env: { ...env, ...more } };
      execFile(process.execPath, [`dist/${file}`, ...args], options, (error, stdout, stderr) =>
        resolve({ status: error?.code ?? 0, stdout, stderr }),
      );
    });

  it.each([
    "fine.yaml",
    "bad.yaml",
    "--json bad.yaml",
    "bad.yaml --quiet",
    "no.yaml",
    "binary.yaml",
    "of-lima.yaml",
    "absent.yaml",
    "--json absent.yaml",
    ".",
    "fine.yaml bad.yaml",
    "--bad fine.yaml",
    "--help",
    "--json",
  ])("%s says the same as in the whole program", async (words) => {
    const args = ["template", "validate", ...words.split(" ")];
    const said = await run("main.js", args);
    expect(await run("start.cjs", args)).toEqual(said);
    expect(await run("start.cjs", args)).toEqual(said);
    expect(await run("start.cjs", args, { NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(said);
  });

  it("reads what comes through a pipe", async () => {
    // By its path: with this PATH, that of Node alone, there is no limactl.
    const script = '/bin/cat of-lima.yaml | "$0" dist/start.cjs template validate --json /dev/stdin';
    const { stdout } = await exec("/bin/sh", ["-c", script, process.execPath], { cwd: alone, env });
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: "BASE_NOT_LOCAL" }] });
  });

  it("runs without the rest, and keeps its code where caches are", async () => {
    await rm(join(alone, "dist/main.js"));
    const said = { status: 0, stdout: expect.stringMatching(/fine\.yaml: OK\n$/) as string, stderr: "" };
    expect(await run("start.cjs", ["template", "validate", "fine.yaml"])).toEqual(said);
    expect(await readdir(join(alone, "caches/lima-cli/code"))).toContain("validate-file.cjs.code");
  });
});

it("completion needs nothing of the program but its own file", async () => {
  const alone = join(work, "alone-completion");
  await unpack(tarballs.get("apps/cli")!, alone);
  await rm(join(alone, "dist/main.js"));
  const { stdout } = await exec(join(alone, "dist/start.cjs"), ["__complete", "--", "template", "val"]);
  expect(stdout).toMatch(/^validate\t/);
});

async function unpack(tarball: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  await exec("tar", ["-xf", tarball, "-C", into, "--strip-components=1"]);
}

/** Links a package to where pnpm keeps it, beside its own dependencies. */
async function linkInto(consumer: string, installed: string, name: string): Promise<void> {
  const link = join(consumer, "node_modules", name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(await realpath(join(installed, name)), link);
}
