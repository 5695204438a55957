import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadTemplate, type TemplateValue } from "../src/index.ts";
import { disagreement } from "./differences.ts";
import { findLimactls, temporaryFolder, validateMany, type Limactl } from "./limactls.ts";
import { everyKey } from "./mutations/every-key.ts";
import { mutantsOf } from "./mutations/mutate.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

/** Mutations of each field of the schema; with its some 190 fields more than a thousand documents. */
const rounds = Number(process.env["MUTATION_ROUNDS"] ?? 6);
/** The same on every run, so that nobody's change fails for what it has not touched; another one looks further. */
const seed = Number(process.env["MUTATION_SEED"] ?? 2026);

/** The templates that come with Lima, with their bases. */
async function shippedTemplates({ templates }: Limactl): Promise<unknown[]> {
  const composed: unknown[] = [];
  for (const name of globSync("{*,experimental/*}.yaml", { cwd: templates })) {
    const { template } = await loadTemplate(join(templates, name), { templateDirectories: [templates] });
    // An installation may lack the links that some bases are; those templates are left out.
    if (template !== undefined && template.value.base === undefined) composed.push(parse(template.render()));
  }
  return composed;
}

test("limactl 2.2 and we agree on mutations of every field, or differ on purpose", async () => {
  const limactl = findLimactls().find(({ version }) => version === "2.2.0");
  if (limactl === undefined) throw new Error("no limactl 2.2.0: run ./hack/setup");
  const shipped = await shippedTemplates(limactl);
  expect(shipped.length).toBeGreaterThan(20);
  // Half of the mutants have neighbours for every key.
  const mutants = mutantsOf([...shipped, ...shipped.map(() => everyKey)], rounds, seed);
  expect(mutants.length).toBeGreaterThan(1000);

  const directory = join(folder.path, "mutants");
  mkdirSync(directory);
  const files = mutants.map(({ data }, index) => {
    const file = join(directory, `m${index}.yaml`);
    writeFileSync(file, stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }));
    return file;
  });
  const verdicts = await validateMany(limactl, files, join(folder.path, "home"));

  const disagreements: string[] = [];
  for (const [index, file] of files.entries()) {
    const { data, changes } = mutants[index]!;
    const reading = await loadTemplate(file, {
      templateDirectories: [limactl.templates],
      context: { limaVersion: limactl.version },
    });
    const why = disagreement(reading, data as TemplateValue, verdicts.get(file)!, "2.2");
    if (why !== undefined) disagreements.push(`${JSON.stringify(changes)}\n  ${why}`);
  }
  expect(disagreements, `MUTATION_SEED=${seed}\n${disagreements.join("\n")}`).toEqual([]);
  // Mutants that nobody accepts would show nothing.
  const accepted = [...verdicts.values()].filter(({ ok }) => ok).length;
  expect(accepted).toBeGreaterThan(mutants.length / 4);
}, 300_000);
