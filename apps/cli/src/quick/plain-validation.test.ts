import { expect, it } from "vitest";

import { plainValidation } from "./plain-validation.ts";

const asked = (line: string) => plainValidation(line.split(" "));

it.each([
  ["template validate a.yaml", { file: "a.yaml", json: false }],
  ["template validate --json a.yaml", { file: "a.yaml", json: true }],
  ["template validate a.yaml -q --verbose --json", { file: "a.yaml", json: true }],
])("%s is plain", (line, expected) => expect(asked(line)).toEqual(expected));

it.each([
  "template validate",
  "template validate ",
  "template validate --json",
  "template validate a.yaml b.yaml",
  "template validate --help a.yaml",
  "template validate -qv a.yaml",
  "template validate --log-format json a.yaml",
  "template validate -- a.yaml",
  "template render a.yaml",
  "validate a.yaml",
  "--json template validate a.yaml",
])("%s is for the whole program", (line) => expect(asked(line)).toBeUndefined());
