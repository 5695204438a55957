import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("the store of another user", () => {
  const failure = failureIn("2.26/86-no-permission-store");
  expect(failure.code).toBe("STORE_PERMISSION");
  expect(failure.message).toContain("/nix/var/nix/db/big-lock");
});
