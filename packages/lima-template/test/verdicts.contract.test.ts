import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatFinding, loadTemplate } from "../src/index.ts";
import { samples } from "./documents.ts";
import { findLimactls, temporaryFolder, validate } from "./limactls.ts";

const limactls = findLimactls();
const folder = temporaryFolder();
const file = join(folder.path, "sample.yaml");

beforeAll(() => {
  writeFileSync(join(folder.path, "good.yaml"), "cpus: 2\n");
  writeFileSync(join(folder.path, "_underscore.yaml"), "cpus: 2\n");
});
afterAll(folder.remove);

describe.each(limactls)("what we say of a document and what limactl $version says", (limactl) => {
  const release = limactl.version.startsWith("1.") ? "1.2" : "2.2";

  test.each(samples)("$yaml", async ({ yaml, good, but }) => {
    writeFileSync(file, yaml);
    const { ok, findings } = await loadTemplate(file, { context: { limaVersion: limactl.version } });
    const said = findings.map(formatFinding).join("\n");
    // Keys of a newer Lima are said for the older one only.
    const newer = findings.some(
      (finding) => finding.severity === "error" && finding.code === "KEY_NEEDS_NEWER_LIMA",
    );
    if (!newer) expect(ok, said).toBe(good);

    const verdict = await validate(limactl, file, join(folder.path, "home"));
    const differs = but !== undefined && (but.limactl === "both" || but.limactl === release);
    expect(verdict.ok, `limactl: ${verdict.output}\nwe: ${said}`).toBe(differs ? !ok : ok);
  });
});

test("every difference has its reason", () => {
  for (const { but } of samples) if (but !== undefined) expect(but.because).not.toBe("");
});

test("each difference counts for a limactl that is tried, where both are", () => {
  expect(limactls.map((limactl) => limactl.version)).toContain("2.2.0");
});
