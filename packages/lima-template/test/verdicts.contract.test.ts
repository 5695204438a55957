import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { formatFinding, loadTemplate, type TemplateValue } from "../src/index.ts";
import { differenceFor, disagreement, limactlRefuses, weRefuse, type Release } from "./differences.ts";
import { samples } from "./documents.ts";
import { findLimactls, temporaryFolder, validate, type Limactl } from "./limactls.ts";

const limactls = findLimactls();
const folder = temporaryFolder();
afterAll(folder.remove);

writeFileSync(join(folder.path, "good.yaml"), "cpus: 2\n");
for (const name of ["_underscore.yaml", "two words.sh"]) writeFileSync(join(folder.path, name), "cpus: 2\n");
writeFileSync(join(folder.path, "null.yaml"), "~\n");
writeFileSync(join(folder.path, "disk.yaml"), "additionalDisks: [{name: b, fsArgs: [y]}]\n");
writeFileSync(join(folder.path, "range.yaml"), "portForwards: [{guestPortRange: [2000, 2001]}]\n");
writeFileSync(join(folder.path, "empty-line.sh"), "\necho\n");
writeFileSync(join(folder.path, "empty.txt"), "\n");
writeFileSync(join(folder.path, "blank.sh"), "  ");
mkdirSync(join(folder.path, "home"));

const releaseOf = ({ version }: Limactl): Release => (version.startsWith("1.") ? "1.2" : "2.2");

/** The document as data, as far as it is YAML. */
function asData(yaml: string): TemplateValue {
  try {
    return (parseDocument(yaml, { logLevel: "silent" }).toJS() ?? {}) as TemplateValue;
  } catch {
    return {};
  }
}

/** The rows of the table that a sample showed to be true, per release. */
const shown = new Set<object>();

describe.each(limactls)("what we say of a document and what limactl $version says", (limactl) => {
  const release = releaseOf(limactl);

  test.each(samples)("$yaml", async ({ yaml, good, file: name = "sample.yaml" }) => {
    const file = join(folder.path, name);
    writeFileSync(file, yaml);
    const reading = await loadTemplate(file, { context: { limaVersion: limactl.version } });
    const said = reading.findings.map(formatFinding).join("\n");
    const errors = reading.findings.filter(({ severity }) => severity === "error");
    // Keys of a newer Lima are said for the older one only.
    if (errors.every(({ code }) => code !== "KEY_NEEDS_NEWER_LIMA")) expect(reading.ok, said).toBe(good);

    const verdict = await validate(limactl, file, join(folder.path, "home"));
    const template = asData(yaml);
    expect(disagreement(reading, template, verdict, release), said).toBeUndefined();

    if (verdict.ok && errors.length > 0) {
      for (const finding of errors) shown.add(differenceFor(finding, template, release)!);
    } else if (!verdict.ok && errors.length === 0) {
      shown.add(limactlRefuses.find(({ message }) => message.test(verdict.output))!);
    }
  });
});

test("every difference in the table was seen", () => {
  const releases = limactls.map(releaseOf);
  const rows = [...weRefuse, ...limactlRefuses].filter(
    ({ only }) => only === undefined || releases.includes(only),
  );
  expect(
    rows.filter((row) => !shown.has(row)).map(({ what, ...row }) => [what, "code" in row ? row.code : ""]),
  ).toEqual([]);
});
