import { expect, test } from "vitest";

import { findVersion, isOlder } from "./version.ts";

test.each([
  ["limactl version 2.2.0", "2.2.0"],
  ["limactl version 2.2.0-153-g183a60d7", "2.2.0"],
  ["QEMU emulator version 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)", "10.0.13"],
  ["limactl version <unknown>", undefined],
])("%s", (text, version) => {
  expect(findVersion(text)).toBe(version);
});

test.each([
  ["1.1.9", "1.2", true],
  ["1.2", "1.2.0", false],
  ["1.10.0", "1.2", false],
  ["7.2.22", "8.0", true],
  ["10.0.13", "8.0", false],
])("whether %s is older than %s", (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
