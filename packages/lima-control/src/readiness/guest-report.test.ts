import { expect, test } from "vitest";

import { failedSteps } from "./guest-report.ts";

const report = (...steps: object[]) => JSON.stringify({ version: 1, finished: true, ok: false, steps });

test("a provision script that failed is told with what it said", () => {
  expect(
    failedSteps(
      report(
        { name: "make-user", ok: true, exitCode: 0, seconds: 4.4, messages: [] },
        {
          name: "provision-system",
          ok: false,
          exitCode: 1,
          seconds: 0.6,
          messages: ["script 0 ended with 7"],
        },
        { name: "attach-mounts", ok: false, exitCode: 32, messages: [] },
      ),
    ),
  ).toEqual([
    "the guest's step provision-system failed: script 0 ended with 7",
    "the guest's step attach-mounts failed: status 32",
  ]);
});

test.each(["", "{", "null", '{"version": 2, "steps": [{"name": "x", "ok": false}]}', report()])(
  "%s has no opinion",
  (text) => {
    expect(failedSteps(text)).toEqual([]);
  },
);
