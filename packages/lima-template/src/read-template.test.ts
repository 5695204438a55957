import { expect, test } from "vitest";
import { readTemplate } from "./read-template.ts";

const brief = (text: string, context = {}) =>
  readTemplate({ text, context }).findings.map(
    (finding) => `${finding.line}:${finding.column} ${finding.severity} ${finding.code}`,
  );

const good = `minimumLimaVersion: 1.1.0
images: [{location: /a}]
containerd: {system: false, user: false}
`;

test("a good template has a value and no findings", () => {
  const reading = readTemplate({ text: good, file: "a.yaml" });
  expect(reading).toMatchObject({ ok: true, findings: [] });
  expect(reading.template?.value.images).toEqual([{ location: "/a" }]);
  expect(reading.template?.file).toBe("a.yaml");
  expect(reading.template?.render()).toBe(good);
});

test("everything wrong is said at once, in reading order", () => {
  const text = `cpus: two
timezone: UTC
timezone: UTC
disk: much
unknown: 1
images:
  - arch: amd64
probes:
  - script: ssh 127.0.0.1 true
`;
  expect(brief(text)).toEqual([
    "1:1 warning CONTAINERD_ON",
    "1:1 warning MINIMUM_VERSION_MISSING",
    "1:7 error WRONG_TYPE",
    "3:1 error YAML_DUPLICATE_KEY",
    "4:7 error BAD_SIZE",
    "5:1 error UNKNOWN_KEY",
    "7:5 error MISSING_KEY",
    "7:11 error BAD_VALUE",
    "9:13 error PROBE_WITHOUT_SHEBANG",
  ]);
});

test("with warnings only there is a template", () => {
  const reading = readTemplate({ text: "images: [{location: /a}]" });
  expect(reading.ok).toBe(true);
  expect(reading.template).toBeDefined();
  expect(reading.findings.every((finding) => finding.severity === "warning")).toBe(true);
});

test("with errors there is none", () => {
  const reading = readTemplate({ text: "cpus: 2" });
  expect(reading.ok).toBe(false);
  expect(reading.template).toBeUndefined();
});

test("a value of the wrong shape is not complained about twice", () => {
  expect(brief(`${good}mounts: [{location: [a]}]\ndisk: [1]\n`)).toEqual([
    "4:21 error WRONG_TYPE",
    "5:7 error WRONG_TYPE",
  ]);
});

test("what a base may bring is not missed", () => {
  expect(brief("base: other.yaml\ncpus: 2")).toEqual([]);
  expect(brief("base: []\ncpus: 2")).toContain("1:1 error IMAGES_MISSING");
  expect(brief("cpus: 2", { partial: true })).toEqual([]);
});

test("the Lima at hand can be given", () => {
  expect(brief(good, { limaVersion: "1.0.7" })).toEqual(["1:21 error LIMA_TOO_OLD"]);
});

test("octal permissions without quotes are read as Lima reads them, with a warning", () => {
  const { template, findings } = readTemplate({
    text: `${good}provision: [{mode: data, path: /a, content: x, permissions: 0644}]`,
  });
  expect(template?.value.provision?.[0]?.permissions).toBe("420");
  expect(findings).toMatchObject([
    { code: "TYPE_COERCED", path: "provision[0].permissions", line: 4, column: 61 },
  ]);
});

test.each([
  "",
  "\u0000",
  "[",
  "{",
  "a: b: c",
  "- - -",
  "? [a]",
  "\t",
  "%YAML 9",
  "&a *a",
  "!!binary x",
  '"',
  "|",
  "\uD800",
])("%j throws nothing", (text) => {
  expect(readTemplate({ text }).ok).toBe(false);
});
