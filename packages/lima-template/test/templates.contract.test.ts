import { copyFileSync, cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { formatFinding, loadTemplate, readTemplate } from "../src/index.ts";
import { findLimactls, run, temporaryFolder, validate, type Limactl } from "./limactls.ts";

const limactls = findLimactls();
const folder = temporaryFolder();
const home = join(folder.path, "home");
afterAll(folder.remove);

const ours = join(import.meta.dirname, "../../../lima/templates");
const errorsOf = (reading: Awaited<ReturnType<typeof loadTemplate>>) =>
  reading.findings.filter((finding) => finding.severity === "error").map(formatFinding);

describe("our templates", () => {
  test("minimal.yaml has nothing to complain about but the mount over the login keys, which our images allow for", async () => {
    const { findings } = await loadTemplate(join(ours, "minimal.yaml"));
    expect(findings.map((finding) => finding.code)).toEqual(["MOUNT_OVER_LOGIN_KEYS"]);
  });

  test("_common.yaml is the base of minimal.yaml by another name, since limactl refuses an underscore", async () => {
    const text = readFileSync(join(ours, "_common.yaml"), "utf8");
    expect(text).toBe(readFileSync(join(ours, "common.yaml"), "utf8"));
    expect(readTemplate({ text, context: { partial: true } }).findings).toEqual([]);
  });

  test.each(limactls)("limactl $version and we accept the template that the guide shows", async (limactl) => {
    const guide = readFileSync(join(ours, "../README.md"), "utf8");
    const example = /^```yaml\n# lima\/templates\/(large\.yaml)\n([^]*?)^```/m.exec(guide);
    const copy = join(folder.path, "ours");
    cpSync(ours, copy, { recursive: true, dereference: true });
    const file = join(copy, example?.[1] ?? "missing");
    writeFileSync(file, example?.[2] ?? "");
    const { template, findings } = await loadTemplate(file);
    expect(template?.value, JSON.stringify(findings)).toMatchObject({
      cpus: 8,
      memory: "16GiB",
      disk: "20GiB",
    });
    expect(template?.value.mounts?.map((mount) => mount.location)).toEqual([
      "~/data",
      "~/.ssh",
      "~/projects",
    ]);
    expect(await validate(limactl, file, home)).toMatchObject({ ok: true });
  });

  test.each(limactls)("limactl $version accepts minimal.yaml and what we render of it", async (limactl) => {
    const file = join(ours, "minimal.yaml");
    expect((await validate(limactl, file, home)).output).not.toMatch(/level=(?:warning|error|fatal)/);
    const { template } = await loadTemplate(file, { context: { limaVersion: limactl.version } });
    const embedded = await run(limactl, ["template", "copy", "--embed-all", file, "-"], home);
    expect(parse(template?.render() ?? "")).toEqual(parse(embedded.stdout));
  });
});

// Fragments are bases; they have no image.
const shipped = (directory: string) => globSync("{*,experimental/*}.yaml", { cwd: directory }).sort();

/**
 * A copy of the templates with the links that an installation from the Go module lacks (`_images/debian.yaml` and the
 * like), pointing at the newest of what they may mean.
 */
function withLinks(limactl: Limactl): string {
  const copy = join(folder.path, `templates-${limactl.version}`);
  cpSync(limactl.templates, copy, { recursive: true, dereference: true });
  const fragments = globSync("**/*.yaml", { cwd: copy }).sort();
  for (const file of fragments) {
    for (const [, name = ""] of readFileSync(join(copy, file), "utf8").matchAll(
      /template:(?:\/\/)?([\w./-]+)/g,
    )) {
      const link = join(copy, `${name}.yaml`);
      const newest = fragments.filter((one) => one.startsWith(`${name.replace(/-lts$/, "")}-`)).at(-1);
      if (!existsSync(link) && newest !== undefined) copyFileSync(join(copy, newest), link);
    }
  }
  return copy;
}

describe.each(limactls)("the templates that come with Lima $version", (limactl) => {
  const names = shipped(limactl.templates);
  const directory = withLinks(limactl);

  test("are there", () => {
    expect(names.length).toBeGreaterThan(20);
  });

  test.each(names)("%s by itself has no errors", async (name) => {
    const text = readFileSync(join(limactl.templates, name), "utf8");
    expect(errorsOf(readTemplate({ text, file: name }))).toEqual([]);
  });

  test.each(names)("%s with its bases is what limactl makes of it", async (name) => {
    const file = join(directory, name);
    const reading = await loadTemplate(file, {
      templateDirectories: [directory],
      context: { limaVersion: limactl.version },
    });
    expect(errorsOf(reading)).toEqual([]);
    // What is left over is somewhere on the internet.
    if (reading.findings.some((finding) => finding.code === "BASE_NOT_LOCAL")) return;
    const embedded = await run(limactl, ["template", "copy", "--embed-all", file, "-"], home, {
      LIMA_TEMPLATES_PATH: directory,
    });
    expect(embedded.exitCode, embedded.stderr).toBe(0);
    expect(parse(reading.template?.render() ?? "")).toEqual(parse(embedded.stdout));
  });
});
