import { styleText } from "node:util";

import { expect, it } from "vitest";

import { renderTable, type Column } from "../src/table.ts";

it("aligns columns by what is seen, not by escape sequences", () => {
  const text = renderTable<[string, string]>(
    [
      { title: "STATE", text: ([state]) => styleText("green", state, { validateStream: false }) },
      { title: "N", text: ([, count]) => count, align: "right" },
    ],
    [
      ["ok", "1"],
      ["missing", "20"],
    ],
  );

  const seen = text.replace(/\u001b\[\d+m/g, "");
  expect(seen.split("\n")).toEqual(["STATE     N", "ok        1", "missing  20"]);
});

const columns: Column<string[]>[] = [
  { title: "NAME", text: ([name]) => name! },
  { title: "SIZE", text: ([, size]) => size!, align: "right", spare: true },
  { title: "WHY", text: ([, , why]) => why! },
];
const rows = [
  ["one", "5 MiB", "needed by instance web"],
  ["three", "10 MiB", "newest of its name"],
];

it("what does not fit loses its spare columns, then the words of the last one are wrapped", () => {
  expect(renderTable(columns, rows, 37).split("\n")).toEqual([
    "NAME     SIZE  WHY",
    "one     5 MiB  needed by instance web",
    "three  10 MiB  newest of its name",
  ]);
  expect(renderTable(columns, rows, 36).split("\n")).toEqual([
    "NAME   WHY",
    "one    needed by instance web",
    "three  newest of its name",
  ]);
  expect(renderTable(columns, rows, 27).split("\n")).toEqual([
    "NAME   WHY",
    "one    needed by instance",
    "       web",
    "three  newest of its name",
  ]);
});

it("in a terminal that is too narrow for that each row is a record, and no word is broken", () => {
  expect(renderTable(columns, rows, 15).split("\n")).toEqual([
    "NAME  one",
    "WHY   needed by",
    "      instance",
    "      web",
    "",
    "NAME  three",
    "WHY   newest of",
    "      its name",
  ]);
});
