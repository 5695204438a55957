import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each(["2.8/70-daemon", "2.26/70-daemon-unreachable", "2.34/70-daemon"])(
  "no daemon at its socket, %s",
  (capture) => {
    const failure = failureIn(capture);
    expect(failure).toMatchObject({
      code: "DAEMON",
      details: { socket: "/nix/var/nix/daemon-socket/socket" },
    });
    expect(failure.hint).toContain("systemctl start nix-daemon");
  },
);

test("a daemon that is forbidden to the user", () => {
  const failure = failureSaying(
    "cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Permission denied",
  );
  expect(failure.code).toBe("DAEMON");
  expect(failure.hint).toContain("allowed-users");
});

test("a daemon that dies during the build may leave a builder", () => {
  const failure = failureIn("2.26/77-daemon-worker-killed");
  expect(failure.code).toBe("DAEMON");
  expect(failure.hint).toContain("still be running");
});
