import { expect, test } from "vitest";

import { failureIn, failureSaying, replay } from "../../../test/replay.ts";

test.each([
  ["2.26/cache-forbidden", "/forbidden/nix"],
  ["2.34/cache-forbidden", "/forbidden/nix"],
  ["2.34/home-unreadable", "/home/other/.gitconfig"],
  ["2.26/home-unreadable", "/home/other/.gitconfig"],
  ["2.26/cache-read-only-new", "/home/dev/.cache/nix/fetcher-cache-v3.sqlite"],
])("a home or a cache that is not the user's, %s", (capture, path) => {
  expect(failureIn(capture)).toMatchObject({ code: "CACHE_UNUSABLE", details: { path } });
});

test("a cache that is only out of date does no harm", () => {
  expect(replay("2.26/cache-read-only").output).toBeDefined();
});

test("a home of another user is warned of", () => {
  const { events, output } = replay("2.26/home-of-another");
  expect(output).toBeDefined();
  expect(events).toContainEqual(
    expect.objectContaining({ type: "warning", text: expect.stringContaining("is not owned by you") }),
  );
});

test("the store is another matter", () => {
  const failure = failureSaying("creating directory '/nix/var/nix/gcroots/auto': Permission denied", {
    realising: false,
  });
  expect(failure.code).toBe("STORE_PERMISSION");
});
