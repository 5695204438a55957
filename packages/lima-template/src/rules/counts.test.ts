import { expect, test } from "vitest";
import { counts } from "./counts.ts";
import { said } from "./testing.ts";

test("counts that make no sense", () => {
  expect(said(counts, "cpus: -1\nmounts: [{location: /a, virtiofs: {queueSize: 0}}]")).toEqual([
    "error cpus",
    "error mounts[0].virtiofs.queueSize",
  ]);
});

test("no processors is the default number of them", () => {
  expect(said(counts, "cpus: 0")).toEqual([]);
});
