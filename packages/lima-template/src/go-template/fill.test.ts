import { expect, test } from "vitest";
import { fill, isUnclosed, mayBeAbsolute } from "./fill.ts";

const template = { user: { name: "dev", home: "/home/{{.User}}" }, param: { WHERE: "srv" } };

test("what the template tells is filled in", () => {
  expect(fill("{{.Home}}/a of {{ .User }} in {{- .Param.WHERE -}}", template)).toBe(
    "/home/dev/a of dev in srv",
  );
});

test("what only the host knows stays, what there is not becomes <no value>", () => {
  expect(fill("{{.Home}} {{.User}} {{.Dir}} {{.Nothing}} {{.Param.A}}", {})).toBe(
    "{{.Home}} {{.User}} {{.Dir}} <no value> {{.Param.A}}",
  );
});

test("a text that Go cannot parse is left alone", () => {
  expect(fill("{{.User}} {{", template)).toBe("{{.User}} {{");
  expect(isUnclosed("a {{ b")).toBe(true);
  expect(isUnclosed("a {{ }} b")).toBe(true);
  expect(isUnclosed('{{"{{"}} }}')).toBe(false);
});

test.each([
  ["/srv", true],
  ["srv", false],
  ["{{.Home}}/a", true],
  ["{{.Dir}}", true],
  ["{{.User}}/a", false],
  ["{{.Param.WHERE}}", false],
  ["/{{.Param.WHERE}}", true],
  ["{{", false],
  ["{{if .User}}/a{{end}}", true],
])("%s may be absolute: %s", (text, expected) => {
  expect(mayBeAbsolute(text, { param: { WHERE: "srv" } })).toBe(expected);
});
