import { expect, test } from "vitest";
import { limaInternals } from "./lima-internals.ts";
import { said } from "./testing.ts";

test("scripts keep away from Lima's own variables", () => {
  expect(
    said(limaInternals, "provision: [{script: 'echo $LIMA_CIDATA_USER'}, {script: 'echo {{.User}}'}]"),
  ).toEqual(["warning provision[0].script"]);
});
