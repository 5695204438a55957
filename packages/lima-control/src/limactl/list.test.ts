import { expect, test } from "vitest";

import { parseInstances } from "./list.ts";

test("one object a line is read, and lines that are none are passed over", () => {
  const stdout =
    '{"name":"a","status":"Running","cpus":2}\nnoise\n\n{"name":"b","status":"Stopped"}\n{"status":"x"}\n';
  expect(parseInstances(stdout).map(({ name, status }) => [name, status])).toEqual([
    ["a", "Running"],
    ["b", "Stopped"],
  ]);
});

test("so is an array, which one version of limactl printed by accident", () => {
  expect(parseInstances('[{"name":"a"},{"name":"b"}]').map((record) => record.name)).toEqual(["a", "b"]);
});
