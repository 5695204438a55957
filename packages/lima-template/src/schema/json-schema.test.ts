import { Ajv } from "ajv";
import { expect, test } from "vitest";
import schema from "../../schema.json" with { type: "json" };
import { templateJsonSchema } from "./json-schema.ts";

test("schema.json is what the zod schema says; `pnpm schema` writes it", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(templateJsonSchema())));
});

test("it is a JSON Schema, and knows a template from a misspelt one", () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTuples: false }).compile(schema);
  expect(
    validate({ base: ["template:debian"], cpus: 2, mounts: null }),
    JSON.stringify(validate.errors),
  ).toBe(true);
  expect(validate({ memory: 4, env: { A: 1, B: true, C: null } }), JSON.stringify(validate.errors)).toBe(
    true,
  );
  expect(validate({ cpu: 2 })).toBe(false);
  expect(validate({ images: [{ arch: "x86_64" }] })).toBe(false);
  expect(validate({ portForwards: [{ guestPortRange: [1] }] })).toBe(false);
});

test("every key says what it is for", () => {
  const silent: string[] = [];
  const visit = (node: object, path: string) => {
    for (const [key, inner] of Object.entries((node as { properties?: object }).properties ?? {})) {
      if (!("description" in inner)) silent.push(`${path}${key}`);
    }
    for (const [key, inner] of Object.entries(node)) {
      if (typeof inner === "object" && inner !== null) visit(inner as object, `${path}${key}.`);
    }
  };
  visit(schema, "");
  expect(silent).toEqual([]);
});
