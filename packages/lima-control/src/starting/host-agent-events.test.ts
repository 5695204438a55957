import { expect, test } from "vitest";

import { readHostAgentVerdict } from "./host-agent-events.ts";

const booting = '{"time":"2026-11-25T03:41:36.006777808Z","status":{"sshLocalPort":44695}}';
const forwarding =
  '{"time":"2026-11-25T03:42:00Z","status":{"sshLocalPort":44695,"portForward":{"type":"not-forwarding","protocol":"udp"}}}';
const running = '{"time":"2026-11-25T03:43:00Z","status":{"running":true,"sshLocalPort":44695}}';
const degraded =
  '{"time":"2026-11-25T03:43:00Z","status":{"running":true,"degraded":true,"errors":["guest agent does not seem to be running"]}}';
const exiting = '{"time":"2026-11-25T03:44:00Z","status":{"exiting":true}}';

test.each([
  ["", { state: "starting" }],
  [[booting, forwarding].join("\n"), { state: "starting" }],
  [[booting, running, forwarding].join("\n"), { state: "running" }],
  [
    [booting, degraded, forwarding].join("\n"),
    { state: "degraded", errors: ["guest agent does not seem to be running"] },
  ],
  [[booting, exiting].join("\n"), { state: "exiting", errors: [] }],
  [[booting, running, exiting].join("\n"), { state: "exiting", errors: [] }],
  [[running, '{"time":"2026', "noise", "null"].join("\n"), { state: "running" }],
])("%j", (log, verdict) => {
  expect(readHostAgentVerdict(log)).toEqual(verdict);
});

test("what an earlier start left is passed over", () => {
  expect(readHostAgentVerdict([running, exiting].join("\n"), Date.parse("2026-11-25T04:00:00Z"))).toEqual({
    state: "starting",
  });
});
