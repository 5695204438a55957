import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LimaTemplateError } from "../failures/lima-template-error.ts";
import { shell } from "./shell.ts";

/** What the shell makes of a script that has no braces for Lima. */
const run = (script: string) => execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" });

test("values are words, whatever is in them", () => {
  const text = fc
    .string({ unit: "grapheme" })
    .filter((value) => !value.includes("\0") && !value.includes("{"));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (values) => {
      expect(run(shell`printf '%s\0' ${values}`)).toBe(values.map((value) => `${value}\0`).join(""));
    }),
    { seed: 2026, numRuns: 100 },
  );
});

test("the script itself is left as it is written", () => {
  expect(shell`a="\${HOME}\n" \`true\` {{.User}} ${"x"}`).toBe("a=\"${HOME}\\n\" `true` {{.User}} 'x'");
});

test("quotes and numbers", () => {
  expect(shell`${"it's"} ${8080} ${[]}.`).toBe("'it'\\''s' '8080' .");
});

test("braces of Go templates in a value are data", () => {
  expect(shell`docker ps --format ${"{{.Names}}"}`).toBe(`docker ps --format '{{"{{"}}.Names}}'`);
});

test("a zero byte cannot be said", () => {
  const script = () => shell`echo ${"a\0b"}`;
  expect(script).toThrow(LimaTemplateError);
  expect(script).toThrow("a word of a script cannot have a zero byte");
});
