import { expect, test } from "vitest";
import { yq } from "./yq.ts";

test("values are data, the expression is code", () => {
  const name = 'a" | del(.b)';
  const base64 = Buffer.from(JSON.stringify(name)).toString("base64");
  expect(yq`.name = ${name}`).toBe(`.name = ("${base64}" | @base64d | from_json)`);
});
