import { expect, test } from "vitest";

import { readCapture } from "../../test/replay.ts";
import { parseRecord } from "../nix/internal-json.ts";
import { PlannedBuilds } from "./planned-builds.ts";

/** What is planned after the messages of a capture. */
function plannedIn(capture: string): string[] {
  const planned = new PlannedBuilds();
  for (const record of readCapture(capture).stderrLines.map(parseRecord)) {
    if (record.action === "msg") planned.read(record);
  }
  return [...planned.waiting].map((drvPath) => drvPath.slice(44));
}

test.each(["2.26/01-success", "2.34/01-success"])("what nix says that it will build, %s", (capture) => {
  expect(plannedIn(capture)).toEqual(["base-tools.drv", "nixos-disk-image.drv"]);
});

test("what it will only fetch is not built", () => {
  expect(plannedIn("2.26/90-substitute-http")).toEqual(["local-after.drv"]);
});

test("nothing is planned where nothing is to be built", () => {
  expect(plannedIn("2.34/02-noop")).toEqual([]);
});
