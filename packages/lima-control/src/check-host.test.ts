import { expect, test } from "vitest";

import { limaHome } from "./check-host.ts";

test("LIMA_HOME is what is given, else that of the environment, else that of the user; nothing is not one", () => {
  expect(limaHome("/a", { LIMA_HOME: "/b", HOME: "/c" })).toBe("/a");
  for (const home of [undefined, ""]) {
    expect(limaHome(home, { LIMA_HOME: "/b", HOME: "/c" })).toBe("/b");
    expect(limaHome(home, { LIMA_HOME: "", HOME: "/c" })).toBe("/c/.lima");
    expect(limaHome(home, {})).toBeUndefined();
  }
});
