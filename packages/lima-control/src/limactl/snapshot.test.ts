import { expect, test } from "vitest";

import { refusalOf } from "./snapshot.ts";

// As limactl 2.2.0 wrote it, with exit status 0.
const refused = [
  'time="2026-11-25T10:20:26Z" level=warning msg="`limactl snapshot` is experimental"',
  'time="2026-11-25T10:20:26Z" level=info msg="Sending HMP savevm command"',
  `time="2026-11-25T10:20:26Z" level=warning msg="output: Error: Device 'boot-disk' is writable but does not support snapshots"`,
];

test("what QEMU answered is the refusal", () => {
  expect(refusalOf({ stderr: refused.join("\n") })).toBe(
    "Error: Device 'boot-disk' is writable but does not support snapshots",
  );
});

test("a failure of limactl itself is one as well", () => {
  const line =
    'time="2026-11-25T10:20:26Z" level=fatal msg="dial unix /l/x/qmp.sock: connect: \\"refused\\""';
  expect(refusalOf({ stderr: line })).toBe('dial unix /l/x/qmp.sock: connect: "refused"');
});

test("without an answer there was no refusal", () => {
  expect(refusalOf({ stderr: refused.slice(0, 2).join("\n") })).toBeUndefined();
  expect(refusalOf({ stderr: "" })).toBeUndefined();
});
