import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { defineTemplate, readTemplate } from "../src/index.ts";
import { findLimactls, run, temporaryFolder, type Limactl } from "./limactls.ts";

const folder = temporaryFolder();
const home = join(folder.path, "home");
afterAll(folder.remove);

/** What limactl makes of a template, with everything filled in. */
async function filled(limactl: Limactl, yaml: string): Promise<Record<string, unknown>> {
  const file = join(folder.path, "sample.yaml");
  writeFileSync(file, yaml);
  const { exitCode, stdout, stderr } = await run(limactl, ["template", "copy", "--fill", file, "-"], home);
  expect(exitCode, stderr).toBe(0);
  // All scalars as they are written: limactl puts no quotes around 08, which is text to it.
  return parse(stdout, { schema: "failsafe" }) as Record<string, unknown>;
}

const texts = [
  "env: {A: 0644, B: 08, C: 1e3, D: 1.50, E: 16777216.0, F: .inf, G: 1_000, H: -0x1F, I: 12345678901234567890}",
  "env: {08: b}\ncpus: 010\nuser: {uid: 01750}\nssh: {localPort: 010022}",
  "provision: [{mode: data, path: /x, content: 0644, permissions: 0644}]",
  "env:\r\n  A: \"x\r\n    y\"\r\n  B: 'x\r\n\r\n    y'\r\n  C: x\r\n    y\r\n",
  "message: |\n  a\n  b",
  "message: >\n  a\n  b\n  c",
  "message: |2\n  \ta\n",
  "env: &x {A: a}\nhostResolver: {hosts: {<<: *x, A: b, B: c}}",
  "env: &x {A: a}\nhostResolver: {hosts: {A: b, <<: *x}}",
  'env: {"<<": x, A: "a\\u2028b\\ufffe"}',
];

describe.each(findLimactls())("limactl $version", (limactl) => {
  test.each(texts)("reads the same in %j and in what we render of it", async (text) => {
    const yaml = `images: [{location: /a}]\n${text}`;
    const { template, findings } = readTemplate({ text: yaml });
    const read = await filled(limactl, yaml);
    expect(await filled(limactl, template?.render() ?? ""), JSON.stringify(findings)).toEqual(read);
    // For limactl a text that is empty is none.
    const { env, message } = template?.value ?? {};
    if (env !== undefined) expect(read["env"]).toEqual(env);
    if (message !== undefined) expect(read["message"]).toBe(message);
  });

  test("reads the texts that a template is made of", async () => {
    const env = {
      A: "-0x1F",
      B: "a\u2028b\ufffe",
      C: "+0o17",
      D: "08",
      E: "1e3",
      "<<": "x",
      "k\u2029": "\u007f",
    };
    const template = defineTemplate({ images: [{ location: "/a" }], env, message: "\ta\nb\u0085\n" });
    expect(await filled(limactl, template.render())).toMatchObject({ env, message: "\ta\nb\u0085\n" });
  });
});
