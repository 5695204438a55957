import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.26/41-sigint", "2.26/75-daemon-sigint", "2.34/41b-sigint-status"])(
  "a signal from elsewhere, %s",
  (capture) => {
    expect(failureIn(capture).code).toBe("INTERRUPTED");
  },
);
