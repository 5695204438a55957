import { expect, test } from "vitest";

import { isMaking } from "./orphaned-limactl.ts";

const limactl = ["/usr/bin/limactl", "--tty=false", "--log-format=json"];

test.each([
  [["create", "--name", "vm", "-"], true],
  [["clone", "golden", "vm"], true],
  [["create", "--name", "vm2", "-"], false],
  [["start", "--timeout=720s", "vm"], false],
  [["delete", "--force", "vm"], false],
  [[], false],
])("%j", (args, making) => {
  expect(isMaking([...limactl, ...args], "vm")).toBe(making);
});

test("a limactl that an interpreter runs is one as well", () => {
  const words = ["/usr/bin/node", "--flag", "/opt/limactl.js", "--tty=false", "create", "--name", "vm", "-"];
  expect(isMaking(words, "vm")).toBe(true);
});
