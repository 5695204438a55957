import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.8/19-fod", "2.26/19-fod-mismatch", "2.34/19-fod"])("both hashes are told, %s", (capture) => {
  const got = "sha256-mOpuTyFvL7S2n/+bOkSELDhobKaF8/VdxIxdP7EQe+Q=";
  const failure = failureIn(capture);
  expect(failure).toMatchObject({
    code: "HASH_MISMATCH",
    details: { name: "fod", specified: `sha256-${"A".repeat(43)}=`, got },
  });
  expect(failure.hint).toContain(got);
});
