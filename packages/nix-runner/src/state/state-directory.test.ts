import { expect, test } from "vitest";

import { defaultStateDirectory } from "./state-directory.ts";

test("roots and history are kept with the user's state", () => {
  expect(defaultStateDirectory({ HOME: "/home/dev" })).toBe("/home/dev/.local/state/sysinit-lima");
  expect(defaultStateDirectory({ HOME: "/home/dev", XDG_STATE_HOME: "/state" })).toBe("/state/sysinit-lima");
  expect(defaultStateDirectory({ HOME: "/home/dev", XDG_STATE_HOME: "relative" })).toContain("/home/dev/");
});

test("without a home there is no place for them", () => {
  expect(() => defaultStateDirectory({})).toThrow(expect.objectContaining({ code: "HOME_UNSET" }));
});
