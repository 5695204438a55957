import { expect, test } from "vitest";
import { copyToHostPath } from "./copy-to-host-path.ts";
import { said } from "./testing.ts";

test("paths are absolute, once filled in", () => {
  expect(said(copyToHostPath, "copyToHost: [{guest: etc/x, host: x}]")).toEqual([
    "error copyToHost[0].guest",
    "error copyToHost[0].host",
  ]);
  expect(said(copyToHostPath, 'copyToHost: [{guest: /etc/x, host: "{{.Dir}}/x"}]')).toEqual([]);
  expect(said(copyToHostPath, 'copyToHost: [{guest: "{{.Dir}}/x", host: /x}]')).toEqual([
    "error copyToHost[0].guest",
  ]);
});
