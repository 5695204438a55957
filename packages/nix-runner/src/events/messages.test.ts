import { expect, test } from "vitest";

import { replay } from "../../test/replay.ts";

test("a download that fails and is tried again is told", () => {
  const { events } = replay("2.26/92-substitute-http500");
  const tries = events.filter(
    (event) => event.type === "warning" && /HTTP error 500.*retrying in/.test(event.text),
  );
  expect(tries.length).toBeGreaterThan(0);
});
