import { configJsonSchema, configSchema } from "@sysinit-internal/project";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import schema from "../lima-cli.schema.json" with { type: "json" };

it("the JSON schema for editors is what the zod schema says; `pnpm schema` writes it", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

describe("both say the same of a configuration", () => {
  const validate = new Ajv({ strict: true }).compile(schema);
  it.each([
    [{}, true],
    [{ image: ".#x", cpus: 2, memory: "4GiB", lifetime: { ttl: "1h30m" } }, true],
    [
      { mounts: [{ location: "~/x", mountPoint: "/x", writable: true }], ports: [{ guest: 80, host: 8080 }] },
      true,
    ],
    [
      {
        checks: [{ unit: "x.service", timeout: "1m" }, { command: ["true"] }, { http: "http://127.0.0.1/" }],
      },
      true,
    ],
    [{ provision: [{ script: "#!/bin/sh\n", as: "user" }] }, true],
    [{ images: ".#x" }, false],
    [{ cpus: 0 }, false],
    [{ cpus: 1.5 }, false],
    [{ memory: "4" }, false],
    [{ lifetime: { ttl: "" } }, false],
    [{ lifetime: { ttl: "2" } }, false],
    [{ mounts: [{ mountPoint: "/x" }] }, false],
    [{ mounts: [{ location: "/x", mountPoint: "x" }] }, false],
    [{ ports: [{ guest: 70_000 }] }, false],
    [{ checks: [{}] }, false],
    [{ checks: [{ unit: "x", port: 1 }] }, false],
    [{ provision: [{ script: "echo" }] }, false],
  ])("%j", (config, valid) => {
    expect([validate(config), configSchema.safeParse(config).success]).toEqual([valid, valid]);
  });
});

it("every key says what it is for", () => {
  const silent: string[] = [];
  const visit = (node: object, path: string) => {
    for (const [key, inner] of Object.entries((node as { properties?: object }).properties ?? {}))
      if (!("description" in (inner as object))) silent.push(`${path}${key}`);
    for (const [key, inner] of Object.entries(node))
      if (typeof inner === "object" && inner !== null) visit(inner as object, `${path}${key}.`);
  };
  visit(schema, "");
  expect(silent).toEqual([]);
});
