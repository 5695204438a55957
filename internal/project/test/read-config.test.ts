import { expect, it } from "vitest";

import { parseConfig, ProjectError } from "../src/index.ts";

function findingsOf(text: string): string[] {
  try {
    parseConfig(text, "lima-cli.yaml");
    return [];
  } catch (error) {
    if (!ProjectError.is(error, "CONFIG_INVALID")) throw error;
    const { findings } = error.details as {
      findings: { line: number; column: number; path: string; message: string; hint?: string }[];
    };
    return findings.map(
      ({ line, column, path, message, hint }) =>
        `${line}:${column} ${path} ${message}${hint === undefined ? "" : ` (${hint})`}`,
    );
  }
}

it.each([
  [
    "a misspelled key, with what was meant",
    "image: x\nmonuts: []\n",
    ["2:1 monuts no such key (did you mean mounts?)"],
  ],
  [
    "a key of an entry",
    "ports:\n  - guest: 80\n    hots: 1\n",
    ["3:5 ports[0].hots no such key (did you mean host?)"],
  ],
  [
    "a word where a number is wanted",
    "cpus: many\n",
    ["1:7 cpus invalid input: expected number, received string"],
  ],
  ["what an entry cannot do without", "mounts:\n  - writable: true\n", ["2:5 mounts[0].location is missing"]],
  [
    "a duration without a unit",
    "lifetime:\n  ttl: '2'\n",
    ["2:8 lifetime.ttl must be a duration such as 90s, 10m, 2h or 7d"],
  ],
  [
    "a check that is none",
    "checks:\n  - timeout: 1m\n",
    ["2:5 checks[0] needs one of command, unit, port, file, http"],
  ],
  [
    "a check with a bad value",
    "checks:\n  - unit: x\n  - port: 0\n",
    ["3:11 checks[1].port too small: expected number to be >=1"],
  ],
  [
    "a check with a misspelled key",
    "checks:\n  - port: 1\n    timeuot: 1m\n",
    ["3:5 checks[0].timeuot no such key (did you mean timeout?)"],
  ],
  [
    "every fault at once",
    "cpus: 0\nmemory: 4\n",
    [
      "1:7 cpus too small: expected number to be >=1",
      "2:9 memory invalid input: expected string, received number",
    ],
  ],
  ["what is not YAML", "image: [\n", [expect.stringMatching(/^2:1 {2}Flow sequence/) as unknown as string]],
  ["what is no mapping", "- image\n", ["1:1  invalid input: expected object, received array"]],
])("%s is told with its place", (_, text, expected) => {
  expect(findingsOf(text)).toEqual(expected);
});

it("an empty file says nothing, which is fine", () => {
  expect(parseConfig("# only a comment\n", "lima-cli.yaml").config).toEqual({});
});

it("what somebody's file holds cannot write control sequences to a terminal", () => {
  expect(() => parseConfig('image: x\n"\\e[2Jkey": 1\n', "lima-cli.yaml")).toThrow(
    /^[^\u0000-\u0009\u000b-\u001f]*$/,
  );
  expect(findingsOf('image: x\n"\\e[2Jkey": 1\n')).toHaveLength(1);
});
