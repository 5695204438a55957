import { expect, test } from "vitest";

import { whyNoBaseline } from "./baseline.ts";

test.each([
  ["qemu", [], undefined],
  ["qemu", ["/home/dev/projects"], "it has a directory of the host mounted at /home/dev/projects"],
  ["vz", [], "the driver vz has no snapshots"],
])("of a VM of driver %s with mounts %j a snapshot is impossible because %s", (vmType, mountPoints, why) => {
  expect(whyNoBaseline({ vmType, mountPoints })).toBe(why);
});
