import { expect, test } from "vitest";
import { fill, mayBeAbsolute } from "./fill.ts";

const template = { user: { name: "dev", home: "/home/{{.User}}" }, param: { WHERE: "srv" } };

test("what the template tells is filled in", () => {
  expect(fill("{{.Home}}/a of {{ .User }} in {{- .Param.WHERE -}} !", template, "guest")).toBe(
    "/home/dev/a of dev insrv!",
  );
});

test("what only the host knows stays, what there is not becomes <no value>", () => {
  expect(fill("{{.Home}} {{.User}} {{.Dir}} {{.Nothing}} {{.Param.A}}", {}, "guest")).toBe(
    "{{.Home}} {{.User}} <no value> <no value> {{.Param.A}}",
  );
});

test("the host has fields of its own, and its user is not the guest's", () => {
  expect(fill("{{.User}} {{.Dir}} {{.GlobalTempDir}} {{.Hostname}}", template, "host")).toBe(
    "{{.User}} {{.Dir}} /tmp <no value>",
  );
});

test("texts and comments within braces", () => {
  expect(fill('{{"{{"}}.Names}}{{/* }} */}}{{`/a`}}{{ printf "/b" }}', {}, "guest")).toBe("{{.Names}}/a/b");
});

test("a text that Go cannot parse is left alone", () => {
  for (const text of [
    "{{.User}} {{",
    "{{.User | json}}",
    "{{-.User}}",
    "{{.User.Name}}",
    "{{.Param.WHERE.A}}",
  ])
    expect(fill(text, template, "guest")).toBe(text);
});

test.each([
  ["/srv", true],
  ["srv", false],
  ["{{.Home}}/a", true],
  ["{{.Dir}}", false],
  ["{{.Home | print}}", true],
  ["{{.Home | json}}", false],
  ['{{"/a"}}', true],
  ['{{"a"}}', false],
  ["{{.Nothing.Inner}}/a", false],
  ["{{.User}}/a", false],
  ["{{.Param.WHERE}}", false],
  ["/{{.Param.WHERE}}", true],
  ["{{", false],
  ["{{if .User}}/a{{end}}", true],
])("%s may be absolute: %s", (text, expected) => {
  expect(mayBeAbsolute(text, { param: { WHERE: "srv" } }, "guest")).toBe(expected);
});

test("of the host other fields are paths", () => {
  expect(mayBeAbsolute("{{.Dir}}/a", {}, "host")).toBe(true);
  expect(mayBeAbsolute("{{.Name}}/a", {}, "host")).toBe(false);
});
