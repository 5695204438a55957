import { expect, it } from "vitest";

import { safeLine } from "../src/safe-line.ts";

it("takes escape sequences out of what a guest printed", () => {
  expect(safeLine("\u001b[2Jgone\u001b]52;c;aGk=\u0007 and back")).toBe("gone and back");
});

it("takes those of a firmware out, which have private parameters", () => {
  expect(safeLine("\u001b[=3h\u001b[?25l\u001b[01mBdsDxe: loading")).toBe("BdsDxe: loading");
});

it("shows of a line that a tool overwrote only what was left standing", () => {
  expect(safeLine("10 %\r20 %\rdone")).toBe("done");
});

it("leaves ordinary text alone, whatever the script", () => {
  expect(safeLine("größe 大きさ")).toBe("größe 大きさ");
});
