import { styleText } from "node:util";

import { expect, it } from "vitest";

import { renderTable } from "../src/table.ts";

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
