import { expect, it } from "vitest";

import { actions, checks, rows } from "../src/index.ts";

it("every row of the requirements has one check or action, and every check and action a row", () => {
  const ids = [...checks, ...actions].map(({ id }) => id);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

it("counts the rows of each section as the requirements do", () => {
  const count = (section: string) => rows.filter((row) => row.section === section).length;
  expect({
    files: count("File Structure"),
    flake: count("Flake Integration"),
    image: count("Image Building"),
    vm: count("VM Functionality"),
    documentation: count("Documentation"),
  }).toEqual({ files: 4, flake: 4, image: 5, vm: 12, documentation: 3 });
});
