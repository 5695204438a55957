import { expect, test } from "vitest";

import { command } from "./command.ts";

test("it is named by its command in one line, unless it has a name", () => {
  const options = { user: undefined, label: undefined };
  expect(command(["sh", "-c", "set -e\nexit 3"], options).label).toBe("sh -c set -e; exit 3 succeeds");
  expect(command(["true"], { label: "all is well" }).label).toBe("all is well");
});
