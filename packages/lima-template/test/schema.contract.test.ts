import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import published from "../schema.json" with { type: "json" };
import { findLimactls, run, temporaryFolder } from "./limactls.ts";
import { fieldsOf } from "./mutations/fields.ts";

/** What of JSON Schema limactl's own schema uses. */
interface LimaSchema {
  $ref?: string;
  $defs?: Record<string, LimaSchema>;
  properties?: Record<string, LimaSchema>;
  items?: LimaSchema;
  oneOf?: LimaSchema[];
}

/** The keys of a schema at every depth, as `images[].location`. */
function keysOf(schema: LimaSchema, root: LimaSchema, path = ""): string[] {
  const referred = schema.$ref?.replace("#/$defs/", "");
  if (referred !== undefined) return keysOf(root.$defs?.[referred] ?? {}, root, path);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return [at, ...keysOf(inner, root, at)];
    }),
    ...(schema.items === undefined ? [] : keysOf(schema.items, root, `${path}[]`)),
    ...(schema.oneOf ?? []).flatMap((form) => keysOf(form, root, path)),
  ];
}

/** Open mappings have any keys; options of drivers and guest systems are open for limactl. */
const isOpen = (key: string) => /(^|\.)(vmOpts|osOpts|cpuType|env|param|hosts)\./.test(key);

function limactl22() {
  const limactl = findLimactls().find(({ version }) => version === "2.2.0");
  if (limactl === undefined) throw new Error("no limactl 2.2.0: run ./hack/setup");
  return limactl;
}

test("an editor has nothing to say about the templates that come with Lima", () => {
  const { templates } = limactl22();
  const validate = new Ajv({ allowUnionTypes: true, strictTuples: false, allErrors: true }).compile(
    published,
  );
  const names = globSync("**/*.yaml", { cwd: templates });
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    validate(parse(readFileSync(join(templates, name), "utf8")) ?? {});
    expect(validate.errors, name).toBeNull();
  }
});

test("our schema has the keys of limactl's own, all of them and no others", async () => {
  const limactl = limactl22();
  const folder = temporaryFolder();
  const { stdout } = await run(limactl, ["generate-jsonschema"], folder.path).finally(folder.remove);
  const schema = JSON.parse(stdout) as LimaSchema;

  const ours = fieldsOf().map(({ path }) =>
    path
      .map((step) => (typeof step === "number" ? "[]" : `.${step}`))
      .join("")
      .slice(1),
  );
  const closed = (keys: string[]) => [...new Set(keys.filter((key) => !isOpen(key)))].sort();
  expect(closed(ours)).toEqual(closed(keysOf(schema, schema)));
});
