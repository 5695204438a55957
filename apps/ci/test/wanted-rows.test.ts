import { expect, it } from "vitest";

import { wantedRows } from "../src/plan/wanted-rows.ts";

it("judges a checkout's files only where a checkout is given", () => {
  expect(wantedRows({})({ id: "docs.usage" })).toBe(false);
  expect(wantedRows({ project: "." })({ id: "docs.usage" })).toBe(true);
  expect(wantedRows({})({ id: "vm.whoami" })).toBe(true);
});

it("judges only the rows that are named", () => {
  const wanted = wantedRows({ only: ["vm.whoami"], project: "." });
  expect(wanted({ id: "vm.whoami" })).toBe(true);
  expect(wanted({ id: "vm.sudo" })).toBe(false);
});

it("an unknown row is refused, with the rows that there are", () => {
  expect(() => wantedRows({ only: ["vm.whoamy"] })).toThrow(
    expect.objectContaining({ code: "UNKNOWN_ROW", hint: expect.stringContaining("vm.whoami") }),
  );
});
